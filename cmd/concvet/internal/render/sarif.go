package render

import (
	"encoding/json"
	"io"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// The parts of SARIF 2.1.0 that a report needs:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool               sarifTool                `json:"tool"`
		Invocations        []sarifInvocation        `json:"invocations"`
		OriginalURIBaseIDs map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind         string                   `json:"columnKind"`
		Results            []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string          `json:"id"`
		ShortDescription     sarifText       `json:"shortDescription"`
		FullDescription      sarifText       `json:"fullDescription"`
		Help                 sarifText       `json:"help"`
		HelpURI              string          `json:"helpUri,omitempty"`
		DefaultConfiguration sarifLevel      `json:"defaultConfiguration"`
		Properties           sarifProperties `json:"properties"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifProperties struct {
		Tags      []string `json:"tags"`
		Precision string   `json:"precision"`
		Severity  string   `json:"problem.severity"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		PartialFingerprints map[string]string `json:"partialFingerprints,omitempty"`
		CodeFlows           []sarifCodeFlow   `json:"codeFlows,omitempty"`
		RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
		Fixes               []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndLine     int        `json:"endLine,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		ID        string                    `json:"id"`
		Message   sarifText                 `json:"message"`
		Locations []sarifThreadFlowLocation `json:"locations"`
	}
	sarifThreadFlowLocation struct {
		Location       sarifLocation `json:"location"`
		ExecutionOrder int           `json:"executionOrder"`
		Importance     string        `json:"importance"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot   = "%SRCROOT%"
	home        = "https://github.com/concvet/concvet"
)

// writeSARIF prints a SARIF log of one run.
func writeSARIF(w io.Writer, r *Report) error {
	s := &sarif{r, newURIs(r.Sources.Dir())}
	run := sarifRun{
		Tool:               sarifTool{sarifDriver{Name: "concvet", Version: version(), InformationURI: home, Rules: []sarifRule{}}},
		Invocations:        []sarifInvocation{{Successful: len(r.Problems) == 0}},
		OriginalURIBaseIDs: map[string]sarifArtifact{sarifRoot: {URI: s.uris.root}},
		ColumnKind:         "utf16CodeUnits",
		Results:            []sarifResult{},
	}
	index := make(map[string]int)
	for i, rule := range r.Rules {
		index[rule.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, describe(rule))
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		run.Results = append(run.Results, s.result(f, index[f.Rule]))
	}
	for _, p := range r.Problems {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{"error", plain(p)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

// version returns that of this program, if it was built from a released module.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

// describe returns what SARIF says of a rule.
func describe(rule Rule) sarifRule {
	level, severity := "error", "error"
	if rule.Advice {
		level, severity = "warning", "recommendation"
	}
	return sarifRule{
		ID:                   rule.Name,
		ShortDescription:     plain(rule.Title),
		FullDescription:      plain(rule.summary()),
		Help:                 sarifText{Text: rule.text(), Markdown: rule.Markdown()},
		HelpURI:              rule.URL,
		DefaultConfiguration: sarifLevel{level},
		Properties:           sarifProperties{[]string{"concurrency"}, "high", severity},
	}
}

// plain returns a text in which nothing is a link: SARIF reads [text](target).
func plain(text string) sarifText { return sarifText{Text: strings.ReplaceAll(text, "](", "]\\(")} }

// A sarif converts findings.
type sarif struct {
	*Report
	uris uris
}

func (s *sarif) result(f *finding.Finding, rule int) sarifResult {
	id := s.Fingerprint(f)
	res := sarifResult{
		RuleID:    f.Rule,
		RuleIndex: rule,
		Level:     level(s.Report, f),
		Message:   plain(f.Message),
		Locations: []sarifLocation{s.location(f.Pos, f.End)},
		// GitHub knows findings by the second one only, and otherwise makes
		// its own of the lines.
		PartialFingerprints: map[string]string{"concvet/v1": id, "primaryLocationLineHash": id + ":1"},
	}
	for i, step := range f.Steps {
		loc := s.location(step.At, step.End)
		loc.ID = i + 1
		text := plain(step.Text)
		loc.Message = &text
		res.RelatedLocations = append(res.RelatedLocations, loc)
	}
	if flows := s.threadFlows(f); len(flows) > 0 {
		res.CodeFlows = []sarifCodeFlow{{flows}}
	}
	for _, fix := range f.Fixes {
		if changes := s.changes(fix); len(changes) > 0 {
			res.Fixes = append(res.Fixes, sarifFix{plain(fix.Message), changes})
		}
	}
	return res
}

// threadFlows returns the steps of each goroutine. Their order among all is in
// executionOrder.
func (s *sarif) threadFlows(f *finding.Finding) []sarifThreadFlow {
	var flows []sarifThreadFlow
	of := make(map[int]int)
	for i := range f.Steps {
		step := &f.Steps[i]
		if !step.OK {
			continue
		}
		at, ok := of[step.G]
		if !ok {
			at = len(flows)
			of[step.G] = at
			name := "G" + strconv.Itoa(step.G)
			flows = append(flows, sarifThreadFlow{ID: name, Message: plain(name + " (" + step.Role + ")")})
		}
		loc := s.location(step.At, step.End)
		text := plain(step.Text)
		loc.Message = &text
		importance := "important"
		if step.Mark != analyzers.Plain {
			importance = "essential"
		}
		flows[at].Locations = append(flows[at].Locations, sarifThreadFlowLocation{loc, i + 1, importance})
	}
	return flows
}

func (s *sarif) location(from, to finding.Position) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{Artifact: s.uris.artifact(from.File)}}
	if from.Line == 0 {
		return loc
	}
	region := &sarifRegion{StartLine: from.Line}
	loc.Physical.Region = region
	line := s.Sources.Line(from.File, from.Line)
	if from.Col > 0 {
		region.StartColumn = UTF16Column(line, from.Col)
		if to.File == from.File && (to.Line > from.Line || to.Line == from.Line && to.Col > from.Col) {
			region.EndLine = to.Line
			region.EndColumn = UTF16Column(s.Sources.Line(to.File, to.Line), to.Col)
		}
	}
	if line != "" && region.EndLine <= from.Line {
		region.Snippet = &sarifText{Text: snippet(line, from, to)}
	}
	return loc
}

// snippet returns the text of a region within one line. Without an end it goes
// to that of the line, as SARIF has it.
func snippet(line string, from, to finding.Position) string {
	start := min(max(from.Col-1, 0), len(line))
	end := len(line)
	if to.Line == from.Line && to.Col > from.Col {
		end = min(to.Col-1, len(line))
	}
	return line[start:end]
}

func (s *sarif) changes(fix finding.Fix) []sarifChange {
	var changes []sarifChange
	for _, e := range fix.Edits {
		text, err := s.Sources.Read(e.File)
		if err != nil || e.Start > e.End || e.End > len(text) {
			return nil
		}
		artifact := s.uris.artifact(e.File)
		if n := len(changes); n == 0 || changes[n-1].Artifact != artifact {
			changes = append(changes, sarifChange{Artifact: artifact})
		}
		last := &changes[len(changes)-1]
		line, col := UTF16Position(text, e.Start)
		endLine, endCol := UTF16Position(text, e.End)
		last.Replacements = append(last.Replacements, sarifReplacement{
			Deleted:  sarifRegion{StartLine: line, StartColumn: col, EndLine: endLine, EndColumn: endCol},
			Inserted: sarifText{Text: e.New},
		})
	}
	return changes
}
