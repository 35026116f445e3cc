internal import Verdict

/// What explains a finding below its headline: the limit's place, the numbers, the first offending places, the command
/// that reproduces it. JUnit, Markdown and the terminal all show these lines.
struct FindingDetails {
  /// How many columns the lines may have; only source lines and tables are cut.
  var width = 120
  /// How many offending places are shown.
  var sampleLimit = 20
  /// How many lines of notes are shown.
  var noteLimit = 100

  func lines(_ finding: Finding) -> [StyledLine] {
    let snippet = SourceSnippet(finding.location, width: width)
    var lines = snippet.lines
    lines += Self.facts(finding).map { snippet.remark($0.name, $0.text) }
    lines += samples(finding).map { $0.indented(by: snippet.indentation) }
    lines += notes(finding.evidence).map { snippet.remark("note", $0) }
    if let reproduce = finding.reproduce {
      var next = StyledLine("next: ", .strong)
      next.add(reproduce)
      lines.append(next)
    }
    return lines
  }

  // MARK: - Facts

  private static func facts(_ finding: Finding) -> [(name: String, text: String)] {
    let evidence = finding.evidence
    var facts: [(name: String, text: String)] = []
    if let observed = observed(evidence) { facts.append(("observed", observed)) }
    if let baseline = evidence.baseline { facts.append(("baseline", text(baseline))) }
    if let limit = evidence.limit { facts.append(("limit", limit.description)) }
    if let counts = evidence.counts { facts.append(("counts", text(counts))) }
    if let frequent = frequent(evidence) { facts.append(("frequent", frequent)) }
    if let sampled = evidence.sampled { facts.append(("sample", sampled.description)) }
    if let interval = evidence.interval {
      let level = Quantity(interval.level, .share)
      let bounds = "\(Quantity.brief(interval.lower)) to \(Quantity.brief(interval.upper))"
      facts.append(("interval", "\(bounds), confidence \(level)"))
    }
    // A check that was not evaluated has no method to speak of.
    if finding.outcome != .errored, finding.outcome != .skipped { facts.append(("method", evidence.method)) }
    if let duration = finding.duration { facts.append(("took", Clock.brief(duration))) }
    return facts
  }

  private static func observed(_ evidence: Evidence) -> String? {
    // A number whose text has all its digits is said once.
    if let words = evidence.observedText, let number = evidence.observed, Double(words) == number.value { return words }
    return switch (evidence.observed.map(text), evidence.observedText) {
    case (let number?, let words?): "\(number) (\(words))"
    case (let number?, nil): number
    case (nil, let words): words
    }
  }

  private static func text(_ quantity: Quantity) -> String {
    quantity.unit == .none ? Quantity.brief(quantity.value) : quantity.description
  }

  private static func text(_ counts: Evidence.Counts) -> String {
    let (rows, nulls) = (Quantity(Double(counts.rows), .rows), Quantity.grouped(counts.nulls))
    let text = "\(rows), \(nulls) null, \(Quantity.grouped(counts.evaluated)) evaluated"
    guard let violating = counts.violating else { return text }
    let share = violating > 0 ? counts.violatingShare.map { " (\(Quantity($0, .share)))" } ?? "" : ""
    return text + ", \(Quantity.grouped(violating)) violating\(share)"
  }

  /// A long value is cut before its count is.
  private static func frequent(_ evidence: Evidence) -> String? {
    guard !evidence.frequent.isEmpty else { return nil }
    return evidence.frequent.map { frequent in
      var frequent = frequent
      frequent.value = TextSafety.inline(frequent.value, limit: 40)
      return frequent.description
    }.joined(separator: ", ")
  }

  // MARK: - Samples and notes

  private func samples(_ finding: Finding) -> [StyledLine] {
    let evidence = finding.evidence
    let shown = evidence.samples.prefix(sampleLimit).map { sample in
      [
        TextSafety.inline(Self.place(sample), limit: 60), TextSafety.inline(sample.name ?? "", limit: 40),
        TextSafety.inline(Self.visible(sample.value), limit: max(40, width - 40)),
      ]
    }
    let widths = (0..<2).map { column in shown.map { TextSafety.width($0[column]) }.max() ?? 0 }
    var lines = shown.map { row in
      var text = ""
      for column in 0..<2 where widths[column] > 0 {
        text += row[column] + String(repeating: " ", count: widths[column] - TextSafety.width(row[column]) + 2)
      }
      return StyledLine(text + row[2])
    }
    let total = max(evidence.samples.count, evidence.counts?.violating ?? 0)
    if !shown.isEmpty, total > shown.count {
      let all = finding.quarantine.map { ": \($0)" } ?? ""
      lines.append(StyledLine("… \(Quantity.grouped(total - shown.count)) more\(all)", .muted))
    }
    return lines
  }

  private static func place(_ sample: Evidence.Sample) -> String {
    switch (sample.file, sample.line) {
    case (let file?, let line?): "\(file):\(line)"
    case (let file?, nil): file
    case (nil, let line?): "line \(line)"
    case (nil, nil): ""
    }
  }

  /// Nothing, and blanks at the ends, cannot be seen without quotes.
  private static func visible(_ value: String) -> String {
    value.isEmpty || value.first == " " || value.last == " " ? "\"\(value)\"" : value
  }

  private func notes(_ evidence: Evidence) -> [String] {
    let lines = evidence.notes.flatMap(TextSafety.lines).map(String.init)
    guard lines.count > noteLimit else { return lines }
    return lines.prefix(noteLimit) + ["… \(lines.count - noteLimit) more lines"]
  }
}
