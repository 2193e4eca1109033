# The key of a Pareto draw in whole numbers: ticket x below / ((2^256 - ticket) x above) to 40 decimals.
# In: ticket, of - chance, chance, unit; out: key of 160 digits, ticket, unit. A number is limbs of 7 digits, lowest first.
# No apostrophe may stand in this file: the replay script quotes it.
function put(a, text,    n, i) {
  for (i in a) delete a[i]
  for (n = 0; length(text); n++) {
    i = length(text) > 7 ? length(text) - 6 : 1
    a[n] = substr(text, i) + 0; text = substr(text, 1, i - 1)
  }
  a["n"] = n
}
function scale(a, by, plus,    i, value) {
  for (i = 0; i < a["n"]; i++) { value = a[i] * by + plus; plus = int(value / 10000000); a[i] = value % 10000000 }
  if (plus) { a[i] = plus; a["n"] = i + 1 }
}
function times(a, b, c,    i, j, value, plus) {
  for (i in c) delete c[i]
  for (i = 0; i < a["n"]; i++) {
    plus = 0
    for (j = 0; j < b["n"] || plus; j++) {
      value = c[i + j] + (j < b["n"] ? a[i] * b[j] : 0) + plus
      plus = int(value / 10000000); c[i + j] = value % 10000000
      if (i + j + 1 > c["n"]) c["n"] = i + j + 1
    }
  }
}
function text_of(a,    i, text) {
  for (i = a["n"] - 1; i >= 0; i--) text = text sprintf("%07d", a[i])
  return text
}
function fits(a, b,    i) {
  for (i = (a["n"] > b["n"] ? a["n"] : b["n"]) - 1; i >= 0; i--)
    if (a[i] + 0 != b[i] + 0) return a[i] + 0 > b[i] + 0
  return 1
}
function take(a, b,    i, value, owed) {
  for (i = 0; i < a["n"]; i++) {
    value = a[i] - b[i] - owed; owed = value < 0; a[i] = value + owed * 10000000
  }
}
function divided(text, b,    i, digit, key) {
  put(rest, "0")
  for (i = 1; i <= length(text); i++) {
    scale(rest, 10, substr(text, i, 1) + 0)
    for (digit = 0; fits(rest, b); digit++) take(rest, b)
    key = key digit
  }
  return key
}
{
  put(above, "0"); put(below, "0")
  for (k = 1; k <= 64; k++) {
    digit = index("0123456789abcdef", substr($1, k, 1)) - 1
    scale(above, 16, digit); scale(below, 16, 15 - digit)
  }
  scale(below, 1, 1)
  put(p, $2); times(above, p, x); put(p, $3); times(below, p, y)
  key = divided(text_of(x) "0000000000000000000000000000000000000000", y)
  while (length(key) < 160) key = "0" key
  printf "%s\t%s\t%s\n", key, $1, $4
}
