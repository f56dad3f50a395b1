package triage

import (
	"fmt"

	"referrald/parse"
	"referrald/parse/form"
)

// ruleScreeningTool is the clause screening_tool: a completed and current tool comes with the form.
func ruleScreeningTool(f *facts) {
	if !f.hasTool() {
		f.ask(MissingTool)
		f.say(CodeToolAbsent, "")
		return
	}
	if f.ref.Tool.Blank {
		f.say(CodeToolNothingRead, "")
		return
	}
	f.toolDate()
	if f.otherChild() {
		f.say(CodeToolOtherChild, "", f.words(form.Name, form.ToolChildName, form.DateOfBirth, form.ToolChildBirth)...)
	}
	if f.ref.Tool.Council == "other" {
		f.say(CodeToolOtherArea, "")
	}
}

// toolDate judges how current the tool is on the day that the message arrived.
func (f *facts) toolDate() {
	p, words := &f.policy.ScreeningTool, f.words(form.ToolCompletedOn)
	done, ok := parseDay(f.value(form.ToolCompletedOn))
	today := f.mail.day
	switch {
	case !ok:
		f.undated()
	case done.After(today):
		f.ask(MissingToolDate)
		f.say(CodeToolFuture, fmt.Sprintf("The screening tool is dated %s, after it arrived on %s.", done.Format(longDay), today.Format(longDay)), words...)
	case addMonths(done, p.Months).Before(today):
		f.ask(MissingTool)
		f.say(CodeToolTooOld, fmt.Sprintf("The screening tool was completed on %s, more than %d months before %s.", done.Format(longDay), p.Months, today.Format(longDay)), words...)
	case addMonths(done, p.FlagMonths).Before(today):
		f.say(CodeToolAgeing, fmt.Sprintf("The screening tool was completed on %s, more than %d months before %s; up to %d months count as current.", done.Format(longDay), p.FlagMonths, today.Format(longDay), p.Months), words...)
	default:
		f.say(CodeToolCurrent, fmt.Sprintf("The screening tool was completed on %s.", done.Format(longDay)), words...)
	}
}

func (f *facts) undated() {
	f.ask(MissingToolDate)
	if f.ref.Tool.Dated == form.DateBlank {
		f.say(CodeToolUndated, "")
		return
	}
	f.say(CodeToolBadDate, "", f.words(form.ToolCompletedOn)...)
}

// otherChild tells whether the tool names another child than the form. A tool that names none is not about another.
func (f *facts) otherChild() bool {
	if !f.hasForm() || f.ref.Form.Blank {
		return false
	}
	name, inTool := f.value(form.Name), f.value(form.ToolChildName)
	return name != "" && inTool != "" && !sameName(name, inTool, f.sameBirth())
}

// sameName tells whether two names can be one child's. Initials and slips of the pen count only where the birth date is one.
func sameName(a, b string, sameBirth bool) bool {
	x, y := parse.NameOf(a), parse.NameOf(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return x.Equal(y) || x.Shortens(y) || sameBirth && x.Like(y, true)
}

// sameBirth tells whether form and tool give the same birth date.
func (f *facts) sameBirth() bool {
	return f.value(form.DateOfBirth) != "" && f.value(form.DateOfBirth) == f.value(form.ToolChildBirth)
}
