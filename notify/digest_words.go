package notify

import "referrald/triage"

// stepWords say what staff do next.
var stepWords = map[Step]string{
	StepAcknowledge: "Acknowledge it now; it is told again until somebody does.",
	StepRead:        "Read it and decide.",
	StepConfirm:     "Confirm it with the school.",
	StepWaitSchool:  "Wait for the school, or ring it.",
	StepRelease:     "Release the drafted letter, or write another.",
	StepLookOver:    "Look over it; write to the school if you see it differently.",
	StepOpenCase:    "Check with the lead professional.",
	StepAgencies:    "Contact MASH to check which agencies are involved.",
	StepWrite:       "Write to who referred; no letter left by itself.",
}

// outcomeWords name an outcome in lists, tables and the chart.
var outcomeWords = map[triage.Outcome]string{
	triage.Accept:             "accepted on paper",
	triage.RequestInformation: "information asked for",
	triage.Signpost:           "signposted",
	triage.Hold:               "held for a person",
	triage.Ignore:             "machine mail",
}

// failedWords say what failed, and what a person does about it.
var failedWords = map[Failed]string{
	LetterFailed:  "The letter could not be sent: ring the school, or send it again.",
	LetterBounced: "The letter came back: check the address, and ring the school.",
	JobFailed:     "The work on it failed again and again: read the message in the mailbox, and tell the administrator.",
}

// noticeWords say a state, and what it means for the reader.
var noticeWords = map[Notice]string{
	NoRegister:      "No register of schools is configured: schools are known by their domain's ending alone, and more is held.",
	NoPostcodes:     "No postcode table is configured: the built-in table of districts decides, and more is held.",
	OutgoingStopped: "Outgoing letters are stopped: nothing is sent to schools until somebody starts them again.",
	NoOCR:           "No text recognition is installed: scanned forms are held for a person.",
	ShadowMode:      "The service runs in shadow mode: only receipts leave by themselves.",
	ConfirmMode:     "The service runs in confirm mode: signposting that turns on the child waits for a person.",
	IntakeSilent:    "The mailbox has not been read for a while: look into it yourself until it is.",
}
