"""Pure arithmetic of a deal: values in, values out, no clock, no files, no floats."""
