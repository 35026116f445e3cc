extension TextFormat {
  static let ssn = TextFormat(
    "us_ssn",
    "A US Social Security number, AAA-GG-SSSS or nine digits, of those that can be given out. Nobody asks whether it was.",
    good: ["536-90-4399", "536904399"],
    bad: ["000-12-3456", "666-12-3456", "900-12-3456", "536-00-4399", "536-90-0000", "078-05-1120", "536-904399"], isSSN
  )
}

/// The rules of the Social Security Administration: areas 000, 666 and from 900, group 00 and serial 0000 are never
/// given out; three numbers were printed in advertisements.
func isSSN(_ text: Span<UInt8>) -> Bool {
  let width: Int
  switch text.count {
  case 9: width = 0
  case 11 where text[3] == UInt8(ascii: "-") && text[6] == UInt8(ascii: "-"): width = 1
  default: return false
  }
  guard let area = parseDigits(text, 0..<3), let group = parseDigits(text, 3 + width..<5 + width),
    let serial = parseDigits(text, 5 + 2 * width..<text.count), area > 0, area != 666, area < 900, group > 0, serial > 0
  else { return false }
  return ![078_05_1120, 457_55_5462, 219_09_9999].contains((area * 100 + group) * 10_000 + serial)
}
