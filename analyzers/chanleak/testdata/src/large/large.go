// Package large has a function that is too large to be followed to its end
// everywhere.
package large

import "sync"

type state struct {
	f0  int
	f1  int
	f2  int
	f3  int
	f4  int
	f5  int
	f6  int
	f7  int
	f8  int
	f9  int
	f10 int
	f11 int
	f12 int
	f13 int
	f14 int
	f15 int
	f16 int
	f17 int
	f18 int
	f19 int
	f20 int
	f21 int
	f22 int
	f23 int
	f24 int
	f25 int
	f26 int
	f27 int
	f28 int
	f29 int
}

// okLarge closes the queue wherever it leaves. (As the concurrent decoder of
// klauspost/compress/s2.)
func okLarge(s *state, next func() int, work func(int), errs []error) error {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		for v := range queue {
			work(v)
		}
	})
	defer func() {
		s.f0++
		s.f1++
		s.f2++
		s.f3++
		s.f4++
		s.f5++
		s.f6++
		s.f7++
		s.f8++
		s.f9++
		s.f10++
		s.f11++
		s.f12++
		s.f13++
		s.f14++
		s.f15++
		s.f16++
		s.f17++
		s.f18++
		s.f19++
		s.f20++
		s.f21++
		s.f22++
		s.f23++
		s.f24++
		s.f25++
		s.f26++
		s.f27++
		s.f28++
		s.f29++
		close(queue)
		wg.Wait()
	}()
	for {
		switch n := next(); n {
		case 0:
			return errs[0]
		case 1:
			return errs[1]
		case 2:
			return errs[2]
		case 3:
			return errs[3]
		case 4:
			return errs[4]
		case 5:
			return errs[5]
		case 6:
			return errs[6]
		case 7:
			return errs[7]
		case 8:
			return errs[8]
		case 9:
			return errs[9]
		case 10:
			return errs[10]
		case 11:
			return errs[11]
		case 12:
			return errs[12]
		case 13:
			return errs[13]
		case 14:
			return errs[14]
		case 15:
			return errs[15]
		case 16:
			return errs[16]
		case 17:
			return errs[17]
		case 18:
			return errs[18]
		case 19:
			return errs[19]
		case 20:
			return errs[20]
		case 21:
			return errs[21]
		case 22:
			return errs[22]
		case 23:
			return errs[23]
		case 24:
			return errs[24]
		case 25:
			return errs[25]
		case 26:
			return errs[26]
		case 27:
			return errs[27]
		case 28:
			return errs[28]
		case 29:
			return errs[29]
		case 30:
			return errs[30]
		case 31:
			return errs[31]
		case 32:
			return errs[32]
		case 33:
			return errs[33]
		case 34:
			return errs[34]
		case 35:
			return errs[35]
		case 36:
			return errs[36]
		case 37:
			return errs[37]
		case 38:
			return errs[38]
		case 39:
			return errs[39]
		case 40:
			return errs[40]
		case 41:
			return errs[41]
		case 42:
			return errs[42]
		case 43:
			return errs[43]
		case 44:
			return errs[44]
		case 45:
			return errs[45]
		case 46:
			return errs[46]
		case 47:
			return errs[47]
		case 48:
			return errs[48]
		case 49:
			return errs[49]
		case 50:
			return errs[50]
		case 51:
			return errs[51]
		case 52:
			return errs[52]
		case 53:
			return errs[53]
		case 54:
			return errs[54]
		case 55:
			return errs[55]
		case 56:
			return errs[56]
		case 57:
			return errs[57]
		case 58:
			return errs[58]
		case 59:
			return errs[59]
		default:
			queue <- n
		}
	}
}
