extension TextFormat {
  static let semver = TextFormat(
    "semver", "A version by Semantic Versioning 2.0.0, without a leading v.",
    good: ["1.0.0", "1.0.0-alpha.1+build.5", "0.0.0-0a--.7"],
    bad: ["1.0", "v1.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0+a..b"], isSemver)
}

/// The grammar of semver.org, "Backus–Naur Form Grammar for Valid SemVer Versions".
func isSemver(_ text: Span<UInt8>) -> Bool {
  let plus = text.first(UInt8(ascii: "+")) ?? text.count
  let hyphen = min(text.first(UInt8(ascii: "-")) ?? plus, plus)
  let core = text.extracting(0..<hyphen)
  var numbers = 0
  let isCore = core.allParts(separatedBy: UInt8(ascii: ".")) { part in
    numbers += 1
    return isIdentifier(part) && part.allSatisfy(ASCII.isDigit) && !hasLeadingZero(part)
  }
  guard isCore, numbers == 3 else { return false }
  if hyphen < plus {
    let preRelease = text.extracting(hyphen + 1..<plus)
    guard preRelease.allParts(separatedBy: UInt8(ascii: "."), satisfy: { isIdentifier($0) && !hasLeadingZero($0) })
    else { return false }
  }
  guard plus < text.count else { return true }
  return text.extracting(plus + 1..<text.count).allParts(separatedBy: UInt8(ascii: "."), satisfy: isIdentifier)
}

private func isIdentifier(_ text: Span<UInt8>) -> Bool {
  text.count > 0 && text.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
}

private func hasLeadingZero(_ text: Span<UInt8>) -> Bool {
  text.count > 1 && text[0] == UInt8(ascii: "0") && text.allSatisfy(ASCII.isDigit)
}
