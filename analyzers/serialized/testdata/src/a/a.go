// Package a has goroutines that hold a lock over slow work.
package a

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"

	"fixture/b"
)

func badDeferred(names []string) map[string]int {
	sizes := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock() // want `mu is held during os.ReadFile, so these goroutines run one at a time: only the write to sizes needs it`
			defer mu.Unlock()
			data, err := os.ReadFile(name)
			if err != nil {
				return
			}
			sizes[name] = len(data)
		}()
	}
	wg.Wait()
	return sizes
}

func badExplicit(names []string) (count int) {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	for i := range names {
		wg.Add(1)
		go func(i int) {
			mu.Lock() // want `mu is held during os.ReadFile, so these goroutines run one at a time: only the write to count needs it`
			data, _ := os.ReadFile(names[i])
			count += len(data)
			mu.Unlock()
			wg.Done()
		}(i)
	}
	wg.Wait()
	return count
}

type store struct {
	mu    sync.Mutex
	lines []string
	root  string
	conn  *os.File
}

// visit locks at the top: all that start it wait for each other.
func (s *store) badVisit(name string, wg *sync.WaitGroup) {
	defer wg.Done()
	s.mu.Lock() // want `s.mu is held during os.ReadFile, so these goroutines run one at a time: only the write to s.lines needs it`
	defer s.mu.Unlock()
	line, ok := firstLine(name)
	if ok {
		s.lines = append(s.lines, line)
	}
}

func firstLine(name string) (string, bool) {
	data, err := os.ReadFile(name)
	return string(data), err == nil
}

func startVisits(s *store, names []string) {
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		go s.badVisit(name, &wg)
	}
	wg.Wait()
}

var (
	total int
	guard sync.Mutex
)

func badGlobal(d time.Duration) {
	var wg sync.WaitGroup
	for i := 0; i < 10; i++ {
		wg.Go(func() {
			guard.Lock() // want `guard is held during time.Sleep, so these goroutines run one at a time: only the write to total needs it`
			defer guard.Unlock()
			time.Sleep(d)
			total += i
		})
	}
	wg.Wait()
}

type locker struct{ sync.Mutex }

func badEmbedded(l *locker, names []string) []string {
	var wg sync.WaitGroup
	var out []string
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			l.Lock() // want `l.Mutex is held during os.ReadDir, so these goroutines run one at a time: only the write to out needs it`
			entries, err := os.ReadDir(name)
			for _, e := range entries {
				out = append(out, e.Name())
			}
			if err != nil {
				out = append(out, err.Error())
			}
			l.Unlock()
		}()
	}
	wg.Wait()
	return out
}

func badGeneric[K comparable](keys []K, path func(K) string) map[K][]byte {
	out := map[K][]byte{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, k := range keys {
		name := fmt.Sprint(k)
		wg.Go(func() {
			mu.Lock() // want `mu is held during os.ReadFile, so these goroutines run one at a time: only the write to out needs it`
			defer mu.Unlock()
			out[k], _ = os.ReadFile(name)
		})
	}
	wg.Wait()
	return out
}

// badCommands is about commands that differ: nothing says that two of them
// must not run at the same time.
func badCommands(names []string) []string {
	var failed []string
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock() // want `mu is held during exec.Command\(name\).Run, so these goroutines run one at a time: only the write to failed needs it`
			defer mu.Unlock()
			if err := exec.Command(name).Run(); err != nil {
				failed = append(failed, name)
			}
		}()
	}
	wg.Wait()
	return failed
}

func okNarrow(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			data, _ := os.ReadFile(name)
			mu.Lock()
			defer mu.Unlock()
			count += len(data)
		})
	}
	wg.Wait()
	return count
}

// okLocks has a lock for each goroutine.
func okLocks(names []string) (counts []int) {
	counts = make([]int, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		mu := new(sync.Mutex)
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			data, _ := os.ReadFile(name)
			counts[i] += len(data)
		})
	}
	wg.Wait()
	return counts
}

// okKeyed has a lock for each name.
func okKeyed(names []string, locks map[string]*sync.Mutex) (counts []int) {
	counts = make([]int, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			locks[name].Lock()
			defer locks[name].Unlock()
			data, _ := os.ReadFile(name)
			counts[i] += len(data)
		})
	}
	wg.Wait()
	return counts
}

// okChecked reads a file at most once.
func okChecked(names []string) map[string][]byte {
	seen := map[string][]byte{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			if _, ok := seen[name]; ok {
				return
			}
			seen[name], _ = os.ReadFile(name)
		})
	}
	wg.Wait()
	return seen
}

// okOperand takes what to read from the guarded list.
func okOperand(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			name := names[0]
			names = names[1:]
			data, _ := os.ReadFile(name)
			count += len(data)
		})
	}
	wg.Wait()
	return count
}

// okGuarded writes to what the lock guards.
func (s *store) okGuarded(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.conn.Sync()
			s.lines = append(s.lines, name)
		})
	}
	wg.Wait()
}

// okRooted reads a field that the lock may guard.
func (s *store) okRooted(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			data, _ := os.ReadFile(s.root + name)
			s.lines = append(s.lines, string(data))
		})
	}
	wg.Wait()
}

// okOneAtATime has the lock for the slow work: nothing else needs it.
func okOneAtATime(names []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			exec.Command("install", name).Run()
		})
	}
	wg.Wait()
}

// okSameFile writes one file.
func okSameFile(names []string) (errs []error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, os.WriteFile("out", nil, 0o666))
		})
	}
	wg.Wait()
	return errs
}

// okSameFileOtherText writes one file, every time something else.
func okSameFileOtherText(names []string) (errs []error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, os.WriteFile("out", []byte(name), 0o666))
		})
	}
	wg.Wait()
	return errs
}

// okConnection writes to a connection that all use.
func okConnection(conn net.Conn, names []string) (sent int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			n, _ := conn.Write([]byte(name))
			sent += n
		})
	}
	wg.Wait()
	return sent
}

// badConnections writes to a connection of each goroutine's own.
func badConnections(conns []net.Conn, text []byte) (sent int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range conns {
		conn := conns[i]
		wg.Go(func() {
			mu.Lock() // want `mu is held during conn.Write, so these goroutines run one at a time: only the write to sent needs it`
			defer mu.Unlock()
			n, _ := conn.Write([]byte("hello"))
			sent += n
		})
	}
	wg.Wait()
	return sent
}

// fnSameCommand runs one command with other arguments each time: whether two
// of it get along is not known.
func fnSameCommand(hosts []string) (up []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			if exec.Command("ping", "-c1", host).Run() == nil {
				up = append(up, host)
			}
		})
	}
	wg.Wait()
	return up
}

// okOtherWork computes before it takes the lock.
func okOtherWork(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			sum := 0
			for _, c := range name {
				sum += int(c)
			}
			mu.Lock()
			defer mu.Unlock()
			data, _ := os.ReadFile(name)
			count += len(data) + sum
		})
	}
	wg.Wait()
	return count
}

// okSlowOutside does other slow work at the same time.
func okSlowOutside(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			info, _ := os.ReadDir(name)
			mu.Lock()
			defer mu.Unlock()
			data, _ := os.ReadFile(name)
			count += len(data) + len(info)
		})
	}
	wg.Wait()
	return count
}

// okReadLock lets the others in.
func okReadLock(names []string, sizes []int) {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			mu.RLock()
			defer mu.RUnlock()
			data, _ := os.ReadFile(name)
			sizes[i] = len(data)
		})
	}
	wg.Wait()
}

// okSingle starts one goroutine only.
func okSingle(name string) (count int) {
	var mu sync.Mutex
	done := make(chan bool)
	go func() {
		mu.Lock()
		defer mu.Unlock()
		data, _ := os.ReadFile(name)
		count += len(data)
		close(done)
	}()
	<-done
	return count
}

// okInTurn waits for each goroutine before it starts the next.
func okInTurn(names []string) (count int) {
	var mu sync.Mutex
	for _, name := range names {
		done := make(chan bool)
		go func() {
			mu.Lock()
			data, _ := os.ReadFile(name)
			count += len(data)
			mu.Unlock()
			close(done)
		}()
		<-done
	}
	return count
}

// okUnlocked gives the lock up for the slow work.
func okUnlocked(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			count++
			mu.Unlock()
			data, _ := os.ReadFile(name)
			mu.Lock()
			count += len(data)
			mu.Unlock()
		})
	}
	wg.Wait()
	return count
}

// okUnknown calls something first that the slow work may rely on.
func okUnknown(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			b.Prepare(name)
			data, _ := os.ReadFile(name)
			count += len(data)
		})
	}
	wg.Wait()
	return count
}

// fnSelect takes its work from a channel, too, in a select.
func fnSelect(names <-chan string, done <-chan bool) (count int) {
	var mu sync.Mutex
	for range 10 {
		go func() {
			for {
				select {
				case name := <-names:
					mu.Lock()
					data, _ := os.ReadFile(name)
					count += len(data)
					mu.Unlock()
				case <-done:
					return
				}
			}
		}()
	}
	<-done
	return count
}

// fnOtherPackage: what the work of another package takes is not known.
func fnOtherPackage(names []string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			count += b.Slow(name)
		})
	}
	wg.Wait()
	return count
}

// badJobs takes its work from a channel.
func badJobs(names <-chan string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for name := range names {
				mu.Lock() // want `mu is held during os.ReadFile, so these goroutines run one at a time: only the write to count needs it`
				data, _ := os.ReadFile(name)
				count += len(data)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return count
}

// okTicks counts at intervals: most of the time is spent waiting for the next.
func okTicks(names []string, every time.Duration) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			for range time.Tick(every) {
				mu.Lock()
				data, err := os.ReadFile(name)
				count += len(data)
				mu.Unlock()
				if err != nil {
					break
				}
			}
		})
	}
	wg.Wait()
	return count
}

// okAnswers waits for answers outside of the lock.
func okAnswers(names []string, answers <-chan string) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			data, _ := os.ReadFile(name)
			count += len(data)
			mu.Unlock()
			<-answers
		})
	}
	wg.Wait()
	return count
}

// fpThrottled sleeps under the lock on purpose, so that the files are counted
// at intervals.
func fpThrottled(names []string, every time.Duration) (count int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			mu.Lock() // want `mu is held during time.Sleep, so these goroutines run one at a time: only the write to count needs it`
			defer mu.Unlock()
			time.Sleep(every)
			count++
		})
	}
	wg.Wait()
	return count
}
