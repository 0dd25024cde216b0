package quiet

func f() {}
