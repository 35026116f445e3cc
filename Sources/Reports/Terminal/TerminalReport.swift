package import Verdict

/// What a person sees on standard output: a block for every subject, what went wrong with its evidence, the verdict last.
package struct TerminalReport: Report {
  private let style: TerminalStyle
  private let isLast: Bool
  /// After so many findings of one subject, or mistakes of one config, a person stops reading.
  private static let detailLimit = 20

  /// - Parameter isLast: whether the command ends with the verdict of the run, or goes on in spite of it.
  package init(style: TerminalStyle = TerminalStyle(), isLast: Bool = true) {
    self.style = style
    self.isLast = isLast
  }

  package func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    var text = ""
    for block in blocks(result) where !block.isEmpty {
      for line in block { text += style.paint(line) + "\n" }
      text += "\n"
    }
    text += style.paint(verdict(RunSummary(result))) + "\n"
    return Array(text.utf8)
  }

  private func blocks(_ result: RunResult) -> [[StyledLine]] {
    let renderer = DiagnosticRenderer(width: style.width)
    var blocks = SubjectGroup.groups(of: result.findings).flatMap { subjectBlocks($0, in: result) }
    let limit = style.verbosity == .verbose ? Int.max : Self.detailLimit
    blocks += result.diagnostics.prefix(limit).map { renderer.lines($0) }
    if result.diagnostics.count > limit {
      blocks.append([StyledLine("… \(result.diagnostics.count - limit) more problems", .muted)])
    }
    blocks += RunProblem.diagnostics(of: result).map { renderer.lines($0) }
    return blocks
  }

  private func verdict(_ summary: RunSummary) -> StyledLine {
    guard isLast else {
      let verdict = summary.status == .failed ? "failed" : "was \(summary.verdict)"
      return StyledLine("the run \(verdict): \(summary.course)", .plain)
    }
    let role: StyledLine.Role =
      switch summary.status {
      case .passed: .good
      case .inconclusive: .doubtful
      default: .bad
      }
    var line = StyledLine(summary.headline, role)
    line.add("  " + summary.sentence, .strong)
    return line
  }

  // MARK: - Subjects

  private func subjectBlocks(_ group: SubjectGroup, in result: RunResult) -> [[StyledLine]] {
    var head = summaryLines(group, in: result)
    var details: [[StyledLine]] = []
    let limit = style.verbosity == .verbose ? Int.max : Self.detailLimit
    var omitted = 0
    for finding in group.findings {
      let standing = result.standing(of: finding)
      guard isDetailed(standing) else { continue }
      guard details.count < limit else {
        omitted += 1
        continue
      }
      let lines = [headline(finding, standing)] + detailLines(finding)
      details.append(lines.map { $0.indented(by: 2) })
    }
    if omitted > 0 {
      details.append([StyledLine("… \(omitted) more: --verbose and the reports show them", .muted).indented(by: 2)])
    }
    if head.isEmpty, details.isEmpty { return [] }
    head.insert(StyledLine(group.title, .strong), at: 0)
    return Self.joined(head, details)
  }

  /// Details are set apart from one another and from what stands before them, but not from a bare title.
  private static func joined(_ head: [StyledLine], _ details: [[StyledLine]]) -> [[StyledLine]] {
    guard head.count == 1, let first = details.first else { return [head] + details }
    return [head + first] + details.dropFirst()
  }

  /// The checks that need no explanation: passed ones in one line, skipped ones a line each.
  private func summaryLines(_ group: SubjectGroup, in result: RunResult) -> [StyledLine] {
    guard style.verbosity != .quiet else { return [] }
    let passed = group.findings.filter { $0.outcome == .passed }
    var lines: [StyledLine] = []
    if style.verbosity == .verbose {
      lines = passed.map { headline($0, .passed) }
    } else if !passed.isEmpty {
      var line = StyledLine("passed", .good)
      line.add(": \(passed.count) \(passed.count == 1 ? "check" : "checks")")
      lines = [line]
    }
    lines += skippedLines(group.findings.filter { $0.outcome == .skipped })
    return lines.map { $0.indented(by: 2) }
  }

  /// Skipped checks a line each, but those that share a reason in one line: one unreadable file skips them all.
  private func skippedLines(_ skipped: [Finding]) -> [StyledLine] {
    guard style.verbosity != .verbose else { return skipped.map { headline($0, .skipped) } }
    var reasons: [String] = []
    for finding in skipped where !reasons.contains(finding.message) { reasons.append(finding.message) }
    return reasons.map { reason in
      let alike = skipped.filter { $0.message == reason }
      if alike.count == 1 { return headline(alike[0], .skipped) }
      var line = StyledLine("skipped", .muted)
      line.add(": \(alike.count) checks: \(reason)")
      return line
    }
  }

  private func isDetailed(_ standing: Standing) -> Bool {
    switch standing {
    case .failed, .errored, .inconclusive: true
    case .warned: style.verbosity != .quiet
    case .passed, .skipped: false
    }
  }

  private func headline(_ finding: Finding, _ standing: Standing) -> StyledLine {
    var line = StyledLine(Self.word(standing), Self.role(standing))
    line.add(": ", .plain)
    line.add(SubjectGroup.name(of: finding.id), .strong)
    line.add(": " + finding.message)
    return line
  }

  private func detailLines(_ finding: Finding) -> [StyledLine] {
    let isVerbose = style.verbosity == .verbose
    let details = FindingDetails(
      width: style.width - 2, sampleLimit: isVerbose ? 20 : 5, noteLimit: isVerbose ? 100 : 20)
    return details.lines(finding)
  }

  private static func word(_ standing: Standing) -> String {
    switch standing {
    case .errored: "error"
    case .warned: "warning"
    case .failed, .inconclusive, .skipped, .passed: standing.rawValue
    }
  }

  private static func role(_ standing: Standing) -> StyledLine.Role {
    switch standing {
    case .failed, .errored: .bad
    case .inconclusive, .warned: .doubtful
    case .skipped: .muted
    case .passed: .good
    }
  }
}
