extension PrometheusQuery {
  /// How far it looks back, in seconds: its longest range, or the sum of all where one is a subquery, which looks back
  /// from each of its steps. Zero without a range; nothing is known of what a recording rule hides.
  var window: Double {
    var (longest, sum, hasSubquery) = (0.0, 0.0, false)
    for range in ranges {
      let length = Self.seconds(range.prefix { $0 != ":" })
      (longest, sum) = (max(longest, length), sum + length)
      hasSubquery = hasSubquery || range.contains(":")
    }
    return hasSubquery ? sum : longest
  }

  /// What stands in brackets outside of texts and comments.
  private var ranges: [Substring] {
    var found: [Substring] = []
    var quote: Character?
    var isComment = false
    var start: String.Index?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isComment {
        isComment = !character.isNewline
      } else if let open = quote {
        if !isEscaped, character == open { quote = nil }
        // Between backquotes nothing is escaped.
        isEscaped = !isEscaped && character == "\\" && open != "`"
      } else {
        switch character {
        case "\"", "'", "`": (quote, isEscaped) = (character, false)
        case "#": isComment = true
        case "[": start = text.index(after: index)
        case "]":
          if let begin = start { found.append(text[begin..<index]) }
          start = nil
        default: break
        }
      }
    }
    return found
  }

  private static let units: [(name: String, seconds: Double)] = [
    ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800), ("y", 31_536_000),
  ]

  /// `1h30m`, as Prometheus writes durations; zero for what is none.
  private static func seconds(_ text: Substring) -> Double {
    var (rest, total) = (text.filter { !$0.isWhitespace }[...], 0.0)
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return 0 }
      rest = rest.dropFirst(unit.name.count)
      total += number * unit.seconds
    }
    return total
  }
}
