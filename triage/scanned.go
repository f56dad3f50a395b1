package triage

// ruleScanned holds what OCR has read with gaps (clause form): what was not found in a picture may stand there, and a school
// is not asked for what it has sent. It comes last, when all that is missing is known.
func ruleScanned(f *facts) {
	form, tool := f.hasForm() && f.ref.Form.Scanned, f.hasTool() && f.ref.Tool.Scanned
	for _, m := range f.missing {
		switch m {
		case MissingForm, MissingTool: // a document that did not come
		case MissingToolDate, MissingToolLevel:
			if tool {
				f.say(CodeFormUnsure, "On the scanned screening tool something was not found that may stand there.")
				return
			}
		default:
			if form {
				f.say(CodeFormUnsure, "On the scanned form something was not found that may stand there.")
				return
			}
		}
	}
}
