package dependency

func _() {
	bad()
}
