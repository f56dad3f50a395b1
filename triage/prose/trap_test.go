package prose

import (
	"slices"
	"testing"

	"referrald/parse/form"
)

// Each row is a phrase that looks like a key and is none, and its double: nearly the same words, which mean what they
// say. A trap that swallows its double is worse than none.
func TestTrapsAndTheirDoubles(t *testing.T) {
	l := lexicon(t)
	for _, x := range []struct {
		key    string
		trap   string
		double string
	}{
		{ActiveExploitation, "He has an OT assessment in November.", "He has been going OT with the olders at weekends."},
		{"social_isolation", "He had a day in isolation for swearing.", "He is isolated and has nobody to sit with."},
		{"missing_or_late", "He has missing homework in three subjects.", "He has been reported missing from home twice."},
		{"missing_or_late", "She lost her missing teeth in a fall.", "She goes missing most weekends."},
		{"missing_or_late", "He is missing his dad a great deal.", "He was missing until two in the morning."},
		{"missing_or_late", "Homework is often late.", "He is often late home and will not say why."},
		{"weapons", "He uses a knife safely in food technology.", "He took a knife from food technology and carried it in the street."},
		{"weapons", "He made a butter knife in workshop lessons.", "He brought a kitchen knife into school in his bag."},
		{"weapons", "She goes fishing with grandad, who keeps the fishing knife locked away.", "He was caught with a fishing knife in the park."},
		{"weapons", "He plays with a water gun in the garden.", "He was seen with a gun in the park."},
		{"substance_use", "She takes prescribed drugs for epilepsy.", "She takes drugs at the weekend with older friends."},
		{"substance_use", "His meds were changed in May.", "He takes his mum's pills to get high."},
		{"substance_use", "He has a can of coke at break.", "He has tried coke with his mates."},
		{"substance_use", "He pulls up weeds in the school garden.", "He smokes weed before school."},
		{"substance_use", "He buys kets from the sweet shop.", "He has been using ket at parties."},
		{"substance_use", "She is a fan of the Spice Girls.", "She has been smoking spice."},
		{"drug_dealing", "He is dealing with anger through boxing.", "He is dealing to younger pupils."},
		{"drug_dealing", "He deals well with change.", "He deals weed on the estate."},
		{"drug_dealing", "She is in the running club.", "She has been running drugs for her boyfriend."},
		{"drug_dealing", "We held a drug-awareness assembly.", "Staff saw him selling drugs after the assembly."},
		{ActiveExploitation, "He forgets his PE gear.", "He has been asked to hide gear for a dealer."},
		{ActiveExploitation, "He is a grafter and grafts hard for his uncle's firm.", "He carries a graft phone."},
		{ActiveExploitation, "He talks back and should shut his trap.", "He was found in a trap house."},
		{ActiveExploitation, "His phone charger would not plug in.", "She has been made to plug drugs."},
		{ActiveExploitation, "The class went country dancing.", "He has been going country to sell."},
		{ActiveExploitation, "He owes the library a book.", "He owes dealers money."},
		{ActiveExploitation, "He would benefit from a workshop on county lines.", "He is involved in county lines."},
		{"gangs", "He has a nice gang of friends from football.", "He has joined a gang on the estate."},
		{"gangs", "He is part of the CP unit for his cerebral palsy.", "He is part of a local gang."},
		{"weapons", "Grandad cooked a lamb shank for his birthday.", "He made a shank and hid it in his bag."},
		{DangerNow, "He is good at shooting hoops and at shooting a film with friends.", "They said they will shoot him tonight."},
		{DangerNow, "She is in danger of falling behind in maths.", "She is in danger of being attacked on her way home."},
		{DangerNow, "She takes her tablets each morning for epilepsy.", "She took all her tablets this morning."},
		{DangerNow, "There are knives in the kitchen for cookery.", "He has a kitchen knife in his bag in school."},
		{DangerNow, "His homework is currently missing.", "He is currently missing."},
		{DangerNow, "He has a hospital appointment today.", "He is in hospital today after he was stabbed."},
		{HigherLevel, "It is a catch 22 situation for mum.", "He has a Catch22 worker."},
		{HigherLevel, "Contact the MACE panel for guidance regarding pathways.", "He was heard at the MACE panel."},
		{LevelHigh, "She moves to high school and lives off the High Street.", "She was assessed as high risk."},
		{LevelHigh, "Red report card for lateness.", "Risk rating: red"},
		{LevelHigh, "The harm threshold is significant harm.", "Level of risk is significant."},
		{LevelHigh, "He has severe learning difficulties and high needs funding.", "Tool outcome: severe."},
		{LevelMedium, "Moderate learning difficulties; a medium term plan is in place.", "We assessed him as moderate risk."},
		{LevelLow, "Low mood, low attendance and low-level disruption.", "He was assessed as low risk."},
	} {
		if got := shown(t, l, x.key, x.trap); len(got) > 0 {
			t.Errorf("%s is %v in the trap %q", x.key, got, x.trap)
		}
		if got := shown(t, l, x.key, x.double); len(got) == 0 {
			t.Errorf("%s is not found in %q", x.key, x.double)
		}
	}
}

// shown returns the statuses present and possible with which a key stands in a form's summary.
func shown(t *testing.T, l *Lexicon, key, text string) []Status {
	t.Helper()
	return slices.DeleteFunc(said(t, l, form.FromForm, key, text), func(s Status) bool { return s != Present && s != Possible })
}
