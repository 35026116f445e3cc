/// Cuts a text into words and punctuation as mteval-v13a does, which WMT and sacrebleu compute BLEU on.
enum MTEvalTokenizer {
  private typealias Scalar = Unicode.Scalar

  static func words(_ text: String) -> [String] {
    var line = Array(text.unicodeScalars)
    line = replacing("<skipped>", "", in: line)
    line = replacing("-\n", "", in: line)
    line = replacing("\n", " ", in: line)
    for (entity, sign) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
      line = replacing(entity, sign, in: line)
    }
    line = [" "] + line + [" "]
    line = line.flatMap { isSymbol($0) ? [" ", $0, " "] : [$0] }
    // Points and commas stand alone unless they are between digits, and dashes after digits.
    line = pairs(line, { !isDigit($0) && isPoint($1) }) { [$0, " ", $1, " "] }
    line = pairs(line, { isPoint($0) && !isDigit($1) }) { [" ", $0, " ", $1] }
    line = pairs(line, { isDigit($0) && $1 == "-" }) { [$0, " ", $1, " "] }
    return Words.split(line)
  }

  private static func isDigit(_ scalar: Scalar) -> Bool { ("0"..."9").contains(scalar) }
  private static func isPoint(_ scalar: Scalar) -> Bool { scalar == "." || scalar == "," }

  private static func isSymbol(_ scalar: Scalar) -> Bool {
    switch scalar {
    case "{"..."~", "["..."`", " "..."&", "("..."+", ":"..."@", "/": true
    default: false
    }
  }

  /// Replaces pairs of neighbours from the left, none of which overlap.
  private static func pairs(
    _ line: [Scalar], _ matches: (Scalar, Scalar) -> Bool, _ replacement: (Scalar, Scalar) -> [Scalar]
  ) -> [Scalar] {
    var result: [Scalar] = []
    var place = 0
    while place < line.count {
      if place + 1 < line.count, matches(line[place], line[place + 1]) {
        result += replacement(line[place], line[place + 1])
        place += 2
      } else {
        result.append(line[place])
        place += 1
      }
    }
    return result
  }

  private static func replacing(_ old: String, _ new: String, in line: [Scalar]) -> [Scalar] {
    let (old, new) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
    var result: [Scalar] = []
    var place = 0
    while place < line.count {
      if line[place...].starts(with: old) {
        result += new
        place += old.count
      } else {
        result.append(line[place])
        place += 1
      }
    }
    return result
  }
}
