package once

func bad() {}

func f() {
	bad()
}
