package models

import "testing"

// TestSetsExist fails when a row of the sets beside the table names something
// that does not exist, has no model, or is named twice in its set.
func TestSetsExist(t *testing.T) {
	std := stdWorld(t)
	for name, rows := range map[string][]row{"output": outputRows, "lasting": lastingRows, "remote": remoteRows} {
		seen := map[key]bool{}
		for _, r := range rows {
			r.each(func(k key) {
				fn, ok := std[k]
				switch {
				case seen[k]:
					t.Errorf("%s: %v is named twice", name, k)
				case !ok:
					t.Errorf("%s: %v does not exist", name, k)
				default:
					if m, _ := Of(fn); m.Effect&(MayBlock|Unknown) == 0 && m.Kind == None {
						t.Errorf("%s: %v returns at once, says its model", name, k)
					}
				}
				seen[k] = true
			})
		}
	}
}

// TestOutputs: what is printed is output, what is computed or read is none.
func TestOutputs(t *testing.T) {
	std := stdWorld(t)
	for k, want := range map[key]bool{
		{"fmt", "", "Println"}:           true,
		{"log", "Logger", "Printf"}:      true,
		{"testing", "common", "Errorf"}:  true,
		{"os", "", "WriteFile"}:          true,
		{"net/http", "Client", "Do"}:     true,
		{"fmt", "", "Sprintf"}:           false,
		{"os", "", "ReadFile"}:           false,
		{"time", "", "Sleep"}:            false,
		{"net/http", "", "Serve"}:        false,
		{"net", "Listener", "Accept"}:    false,
		{"sync", "WaitGroup", "Wait"}:    false,
		{"testing", "common", "Cleanup"}: false,
	} {
		fn, ok := std[k]
		if !ok {
			t.Errorf("%v does not exist", k)
		} else if Outputs(fn) != want {
			t.Errorf("Outputs(%v) = %v", k, !want)
		}
	}
}
