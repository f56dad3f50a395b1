package pdf

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

var errLocked = errors.New("the file needs a password")

// encrypted tells whether a file may be encrypted; only then is it looked at more closely.
func encrypted(data []byte) bool { return bytes.Contains(data, []byte("/Encrypt")) }

// decrypted returns the file without its encryption, if it opens with the empty password. No other password is tried.
func decrypted(data []byte) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil { // a library for writing files may stumble over hostile ones
			out, err = nil, fmt.Errorf("decrypting: %v", r)
		}
	}()
	conf := &model.Configuration{ // the library's own default would be read from, and written to, the home directory
		Reader15:       true,
		ValidationMode: model.ValidationRelaxed,
		Eol:            types.EolLF,
		Offline:        true,
		Limits:         model.DefaultResourceLimits(),
	}
	var plain bytes.Buffer
	err = api.Decrypt(bytes.NewReader(data), &plain, conf)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return nil, errLocked
	case err != nil:
		return nil, fmt.Errorf("decrypting: %w", err)
	}
	return plain.Bytes(), nil
}
