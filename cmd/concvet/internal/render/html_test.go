package render

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// page returns the report of the sample as HTML.
func samplePage(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, "html", sample(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSelfContained: the page loads nothing, and text of findings is not markup.
func TestSelfContained(t *testing.T) {
	text := samplePage(t)
	if m := regexp.MustCompile(`(?i)(src|xlink:href)=|<link|@import|url\(`).FindString(text); m != "" {
		t.Errorf("the page has %q", m)
	}
	for _, bad := range []string{"x<y", "ZgotmplZ"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, want := range []string{"x&lt;y", "prefers-color-scheme: dark", `class="cycle"`, `class="race"`, `class="order"`, "q does not compile"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// script uses the page as people do and leaves what it sees in the title.
const script = `<script>
const faults = [...document.querySelectorAll("article svg")].filter(s => !s.getBoundingClientRect().width).map(() => "a picture is not shown");
addEventListener("error", e => faults.push(e.message));
addEventListener("securitypolicyviolation", e => faults.push(e.violatedDirective));
const seen = [], $ = id => document.getElementById(id);
const look = what => seen.push(what + "=" + [...document.querySelectorAll("article.finding")].filter(a => !a.hidden).map(a => a.dataset.rule).join("+"));
const put = (id, value) => { $(id).value = value; $(id).dispatchEvent(new Event("input", {bubbles: true})); };
const key = k => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: k, bubbles: true, cancelable: true}));
look("all");
put("rule", "race"); look("rule"); put("rule", "");
put("package", "example.com/q"); look("package"); put("package", "");
put("text", "COPY com/q"); look("text"); seen.push($("count").textContent); put("text", "");
key("j"); key("j"); seen.push("focus=" + document.activeElement.dataset.rule);
key("k"); seen.push("focus=" + document.activeElement.dataset.rule);
key("d"); seen.push("open=" + document.querySelector("#f1 details").open);
key("/"); seen.push("focus=" + document.activeElement.id);
setTimeout(() => { seen.push("doc=" + document.querySelector("#f1 [data-doc]").textContent.includes("Two goroutines.")); seen.push("lanes=" + document.querySelectorAll("svg.lanes .step").length, "faults=" + faults); document.title = seen.join("; "); }, 100);
</script>`

// TestBrowser uses the page in a real browser.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium on PATH: on Debian, apt-get install chromium")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "report.html")
	text := strings.Replace(samplePage(t), "</body>", script+"</body>", 1)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"), "--virtual-time-budget=5000", "--dump-dom", "file://"+filepath.ToSlash(file))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", browser, err)
	}
	title := regexp.MustCompile(`<title>(.*?)</title>`).FindSubmatch(out)
	want := "all=race+lockorder+copylocks; rule=race; package=lockorder+copylocks; text=copylocks; 1 of 3 findings; focus=lockorder; focus=race; open=true; focus=text; doc=true; lanes=7; faults="
	if title == nil || string(title[1]) != want {
		t.Errorf("saw %q\nwant %q", title, want)
	}
}
