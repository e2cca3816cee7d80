package gateway

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

const optionPrefix = "INVOICES_GATEWAY__"

// Problems says of each variable what is wrong with it, without its value.
type Problems []Problem

// Problem is one of them.
type Problem struct{ Variable, Text string }

func (p *Problems) add(variable, text string) { *p = append(*p, Problem{variable, text}) }

func (p Problems) has(variable string) bool {
	return slices.ContainsFunc(p, func(each Problem) bool { return each.Variable == variable })
}

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, each := range p {
		lines[i] = each.Variable + ": " + each.Text
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// ReadOptions returns the options of the variables, as os.Environ has them, or every problem that there is with them.
func ReadOptions(environ []string) (Options, Problems) {
	given := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		given[name] = value
	}
	var options Options
	var problems Problems
	known := map[string]bool{}
	fields := reflect.ValueOf(&options).Elem()
	for i := range fields.NumField() {
		tag := fields.Type().Field(i).Tag
		variable := tag.Get("env")
		known[variable] = true
		value, isGiven := given[variable]
		switch {
		case isGiven && value == "" && tag.Get("required") != "":
			problems.add(variable, "is empty")
			continue
		case isGiven && value == "":
			problems.add(variable, "is empty: leave it out")
			continue
		case !isGiven && tag.Get("required") != "":
			problems.add(variable, "is missing")
			continue
		case !isGiven:
			value = tag.Get("default")
		}
		if !set(fields.Field(i), tag, value) {
			problems.add(variable, "must be "+wanted(fields.Field(i).Kind(), tag))
		}
	}
	for name := range given {
		if strings.HasPrefix(name, optionPrefix) && !known[name] {
			problems.add(name, "is no setting")
		}
	}
	for _, problem := range options.conflicts() {
		if !problems.has(problem.Variable) {
			problems = append(problems, problem)
		}
	}
	return options, problems
}

// set says whether the field could take the value.
func set(field reflect.Value, tag reflect.StructTag, value string) bool {
	switch field.Kind() {
	case reflect.String:
		choices := tag.Get("choices")
		field.SetString(value)
		return choices == "" || slices.Contains(strings.Split(choices, ","), value)
	case reflect.Slice:
		if value == "" {
			return true
		}
		items := strings.Split(value, ",")
		for i := range items {
			items[i] = strings.TrimSpace(items[i])
		}
		field.Set(reflect.ValueOf(items))
		return !slices.Contains(items, "")
	case reflect.Float64:
		number, err := strconv.ParseFloat(value, 64)
		field.SetFloat(number)
		return err == nil && inRange(number, tag)
	case reflect.Int, reflect.Int64:
		number, err := strconv.ParseInt(value, 10, 64)
		field.SetInt(number)
		return err == nil && inRange(float64(number), tag)
	}
	panic("an option of another kind: " + field.Kind().String())
}

func inRange(number float64, tag reflect.StructTag) bool {
	limit := func(name string, fits func(limit float64) bool) bool {
		limit, err := strconv.ParseFloat(tag.Get(name), 64)
		return err != nil || fits(limit)
	}
	return number-number == 0 && // neither infinite nor no number
		limit("above", func(limit float64) bool { return number > limit }) &&
		limit("min", func(limit float64) bool { return number >= limit }) &&
		limit("max", func(limit float64) bool { return number <= limit })
}

// wanted returns in words what a field takes.
func wanted(kind reflect.Kind, tag reflect.StructTag) string {
	word := map[reflect.Kind]string{
		reflect.String: "a text", reflect.Slice: "texts between commas",
		reflect.Float64: "a number", reflect.Int: "a whole number", reflect.Int64: "a whole number",
	}[kind]
	switch above, least, most := tag.Get("above"), tag.Get("min"), tag.Get("max"); {
	case tag.Get("choices") != "":
		return "one of " + strings.ReplaceAll(tag.Get("choices"), ",", ", ")
	case above != "":
		return fmt.Sprintf("%s above %s", word, above)
	case most != "":
		return fmt.Sprintf("%s from %s to %s", word, least, most)
	case least != "":
		return fmt.Sprintf("%s of at least %s", word, least)
	}
	return word
}
