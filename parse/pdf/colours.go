package pdf

import object "github.com/ledongthuc/pdf"

// colours carries out the colour operators; it says whether op was one.
func (m *machine) colours(op []byte, args []operand, res *resources) bool {
	switch string(op) {
	case "g", "rg", "k", "sc", "scn":
		m.state.fill = m.state.fill.set(args, op[0] != 's')
	case "G", "RG", "K", "SC", "SCN":
		m.state.ink = m.state.ink.set(args, op[0] != 'S')
	case "cs":
		m.state.fill = space(lastName(args), res)
	case "CS":
		m.state.ink = space(lastName(args), res)
	default:
		return false
	}
	return true
}

// space returns the first colour of a colour space: black, but for what cannot be known.
func space(spaceName string, res *resources) paint {
	switch spaceName {
	case "DeviceGray", "DeviceRGB", "DeviceCMYK", "G", "RGB", "CMYK":
		return paint{}
	case "Pattern":
		return paint{colour: grey(0.5), odd: true}
	}
	family := res.spaces.Key(spaceName)
	if family.Kind() == object.Array {
		family = family.Index(0)
	}
	switch family.Name() {
	case "Separation", "DeviceN":
		return paint{tint: true}
	case "Indexed", "Pattern", "Lab":
		return paint{colour: grey(0.5), odd: true}
	}
	return paint{}
}

// set returns the paint for new operands; device says that the operator names its own space.
func (p paint) set(args []operand, device bool) paint {
	if device {
		p = paint{}
	}
	if p.odd {
		return p
	}
	v := make([]float64, 0, 4)
	for _, a := range args {
		if a.kind == number && len(v) < 4 {
			v = append(v, min(1, max(0, a.number)))
		}
	}
	switch len(v) {
	case 1:
		p.colour = grey(v[0])
		if p.tint {
			p.colour = grey(1 - v[0])
		}
	case 3:
		p.colour = colour{v[0], v[1], v[2]}
	case 4:
		p.colour = colour{(1 - v[0]) * (1 - v[3]), (1 - v[1]) * (1 - v[3]), (1 - v[2]) * (1 - v[3])}
	default:
		p.colour, p.odd = grey(0.5), true // a pattern's name
	}
	return p
}
