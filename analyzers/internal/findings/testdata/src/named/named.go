package named

func f() {
	//concvet:ignore slow the comment is of no use // want `suppresses nothing`
	f()
}
