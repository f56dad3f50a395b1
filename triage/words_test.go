package triage

import "testing"

func TestSENDWords(t *testing.T) {
	w := &testPolicy(t).SEND
	for text, want := range map[string]answer{
		"": answerBlank, "None": answerNo, "N/A": answerNo, "No": answerNo, "No SEND": answerNo, "none identified.": answerNo, "No SEND needs identified": answerNo,
		"No EHCP, no SEND": answerVague, "No SEND, none": answerNo, "Nil": answerNo,
		"EHCP": answerYes, "EHCP - SEMH": answerYes, "EHC plan in place (autism), 1:1 TA in core subjects": answerYes, "SEN support - ADHD": answerYes, "SEN K, dyslexia": answerYes,
		"SEND support, ASD diagnosis": answerYes, "EHCP (moderate learning difficulties)": answerYes, "Yes: SEN Support": answerYes, "Autism": answerYes, "E.H.C.P.": answerVague,
		"No EHCP but SEN support": answerYes, "Has a learning disability": answerYes, "On the SEN register": answerYes, "SEN support, awaiting EHCP": answerYes,
		"Anxiety, awaiting CAMHS": answerVague, "Some additional needs": answerVague, "Awaiting EHCP assessment": answerVague, "?ADHD": answerVague, "Possible autism": answerVague,
		"No EHCP": answerVague, "Not on the SEN register": answerVague, "EHCP applied for": answerVague, "School will send details": answerVague, "Quiet": answerVague,
		"No diagnosis of autism": answerVague, "Dyslexia ruled out": answerVague,
		"ADHD (awaiting diagnosis)": answerVague, "ADHD, awaiting diagnosis": answerVague, "ASD (not diagnosed)": answerVague, "EHCP (previous)": answerVague, "EHCP refused": answerVague, "EHCP draft": answerVague, "EHCP in progress": answerVague,
		"SEN support, ADHD (awaiting diagnosis)": answerYes, "EHCP, awaiting CAMHS assessment": answerYes, "On the autism pathway": answerVague, "Referred for ADHD assessment": answerVague, "Brother has autism": answerVague, "Mum has learning disabilities": answerVague,
		"EHCP N": answerVague, "SEN: No": answerNo, "SEND - none": answerNo, "SEN N": answerNo, "No known additional needs": answerNo, "None that we are aware of": answerNo, "N.A.": answerNo, "None currently, awaiting EHCP": answerVague, "Education, Health and Care Plan": answerYes, "SENK": answerYes,
	} {
		if got := w.read(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestInformedWords(t *testing.T) {
	w := &testPolicy(t).Informed
	for text, want := range map[string]answer{
		"": answerBlank, "?": answerBlank, "TBC": answerBlank, "n/a": answerBlank,
		"Yes": answerYes, "YES": answerYes, "Y": answerYes, "Yes - phone call with mum": answerYes, "Yes, both": answerYes, "Yes, verbal consent": answerYes, "Mum is aware": answerYes,
		"Parents informed 12/9": answerYes, "Discussed with both parents": answerYes, "Yes, no concerns": answerYes, "Yes, aware of the right to opt out": answerYes, "Both aware": answerYes,
		"Yes - they have not opted out": answerYes, "Yes; nobody declined": answerYes, "Yes, parents do not object": answerYes, "Parents know": answerYes, "Parents notified": answerYes, "Permission given": answerYes,
		"Yes - happy to be contacted": answerYes, "Yes - mum requested the referral": answerYes, "Yes/No": answerBlank, "Y/N": answerBlank,
		"Yes - awaiting consent": answerVague, "Yes, consent form to follow": answerVague, "Aware, undecided": answerVague, "Yes?": answerVague, "Yes, hopefully": answerVague, "Yes - voicemail left": answerVague,
		"Yes (mum), unable to reach dad": answerVague, "They were told last year": answerVague, "Yes - will be discussed at parents' evening": answerVague, "As far as I know": answerVague, "Consent requested": answerVague, "Non-consenting": answerRefused,
		"No": answerNo, "N": answerNo, "Not yet": answerNo, "No - not yet told": answerNo, "Will be informed on Monday": answerNo, "Mum has not been told": answerNo, "Unaware": answerNo,
		"Yes, mum but not dad": answerVague, "Mum only": answerVague, "See email": answerVague, "Yes mum, dad unaware": answerVague, "No concerns": answerVague,
		"Yes - mum has opted out of the group work": answerRefused, "Declined": answerRefused, "Parents refused consent": answerRefused, "Aware; dad does not want this": answerRefused, "Wishes to opt-out": answerVague,
	} {
		if got := w.read(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b      string
		sameBirth bool
		want      bool
	}{
		{"Kieran O'Dowd", "Kieran O’Dowd", false, true}, {"Kieran O'Dowd", "KIERAN ODOWD", false, true}, {"Łukasz Kouassi", "Lukasz Kouassi", false, true},
		{"Noor Ó-Súilleabháin", "Noor O Suilleabhain", false, true}, {"Khan, Ali", "Ali Khan", false, true}, {"Ali Raza Khan", "Ali Khan", false, true}, {"Ali", "Ali Khan", false, false},
		{"Ali Khan (known as Al)", "Ali Khan", false, true}, {"Miss Mia Test", "Mia Test", false, true},
		{"Mia Test", "Mia Toast", true, false}, {"Mia Test", "Mya Test", true, true}, {"Mia Test", "Mya Test", false, false}, {"M. Test", "Mia Test", true, true}, {"MT", "Mia Test", true, true},
		{"MT", "Mia Test", false, false}, {"Mia Test", "Ben Other", true, false}, {"Mia Test", "Mia Other", false, false}, {"", "Mia", true, false}, {"Søren Æble", "Soren Aeble", false, true}, {"Đorđe Weiß", "Dorde Weiss", false, true}, {"Þóra Œuvre", "Thora Oeuvre", false, true},
		{"MX", "Mia Test", true, false}, {"Mia Tst", "Mia Test", true, true}, {"Mia Testing", "Mia Test", true, false}, {"Ali", "Ali Khan", true, true},
	} {
		if got := sameName(c.a, c.b, c.sameBirth); got != c.want {
			t.Errorf("%q and %q, same birth date %t: %t", c.a, c.b, c.sameBirth, got)
		}
		if got := sameName(c.b, c.a, c.sameBirth); got != c.want {
			t.Errorf("%q and %q differ by their order", c.a, c.b)
		}
	}
}

func TestStatedYear(t *testing.T) {
	for text, want := range map[string]int{
		"Full time, Year 10": 10, "Y9": 9, "Full-time Y13": 13, "yr 7": 7, "Yr7 pupil": 7, "Year10": 10, "Full time, attendance 94%": -1, "Excluded in Y7, now Y10": -1,
		"Y10 since 2024, year 10": 10, "yes": -1, "Early years": -1, "": -1, "Year 99": -1,
	} {
		got, ok := statedYear(text)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestProvisionWords(t *testing.T) {
	a := Assessor{Policy: testPolicy(t)}
	for text, want := range map[string]bool{
		"I am head of centre at Canal Pupil Referral Unit.": true, "Elective Home Education Team, Staffordshire County Council": true,
		"He attends Canal Pupil Referral Unit.": false, "He is on roll at the PRU and doing well.": false, "Duty social worker": false, "We prune trees": false,
	} {
		if got := a.namesProvision(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Yes - mum aware", "EHCP")
	p := testPolicy(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		p.Informed.read(a)
		p.SEND.read(a)
		statedYear(a)
		if sameName(a, b, true) != sameName(b, a, true) {
			t.Fatalf("%q and %q differ by their order", a, b)
		}
	})
}
