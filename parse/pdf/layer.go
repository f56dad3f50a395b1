package pdf

import (
	"slices"

	object "github.com/ledongthuc/pdf"
)

// What the catalogue says of the layers of a file is written onto the layers themselves, since the object library does not
// tell one object from another: a layer that is not shown has the entry offEntry (ISO 32000-1, 8.11).
const offEntry = "Unseen"

// layers marks the layers that a reader does not show when it opens the file.
func (w *rewriter) layers(root node) {
	catalogue := w.resolve(root)
	properties := w.resolve(catalogue.key("OCProperties"))
	initial := w.resolve(properties.key("D"))
	off := map[int]bool{}
	all := w.resolve(properties.key("OCGs"))
	state := func(list node, unseen bool) {
		for _, n := range w.resolve(list).items {
			off[n.number] = unseen
		}
	}
	state(all, initial.key("BaseState").is("OFF"))
	state(initial.key("ON"), false)
	state(initial.key("OFF"), true)
	for _, use := range w.resolve(initial.key("AS")).items {
		if u := w.resolve(use); u.key("Event").is("View") {
			w.views(w.resolve(u.key("OCGs")), off)
		}
	}
	for n, unseen := range off {
		if o := w.objects[n]; unseen && o != nil && o.body.kind == dict {
			o.body.items = slices.Clone(o.body.items)
			o.body.set(offEntry, node{kind: keyword, bytes: []byte("true")})
		}
	}
}

// views changes the state of layers to what they themselves ask for on a screen.
func (w *rewriter) views(layers node, off map[int]bool) {
	for _, n := range layers.items {
		layer := w.resolve(n)
		usage := w.resolve(layer.key("Usage"))
		view := w.resolve(usage.key("View"))
		if s := view.key("ViewState"); s.kind == name {
			off[n.number] = s.is("OFF")
		}
	}
}

// unseen tells whether what belongs to a layer, or to a membership of layers, is not shown.
func unseen(v object.Value) bool {
	if v.Kind() != object.Dict {
		return false
	}
	if v.Key("Type").Name() != "OCMD" {
		return v.Key(offEntry).Bool()
	}
	var on, off int
	count := func(layer object.Value) {
		switch {
		case layer.Kind() != object.Dict:
		case layer.Key(offEntry).Bool():
			off++
		default:
			on++
		}
	}
	layers := v.Key("OCGs")
	count(layers)
	for i := 0; layers.Kind() == object.Array && i < layers.Len() && i < 1000; i++ {
		count(layers.Index(i))
	}
	switch v.Key("P").Name() {
	case "AllOn":
		return off > 0
	case "AnyOff":
		return off == 0 && on > 0
	case "AllOff":
		return on > 0
	}
	return on == 0 && off > 0
}
