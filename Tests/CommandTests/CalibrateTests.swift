import TestSupport
import Testing

/// `cupel calibrate`: rates that a person can hold against what they know of the data.
@Suite struct CalibrateTests {
  private func folder() throws -> TemporaryFolder {
    let work = try TemporaryFolder()
    // A third each of three kinds, a number with ten values, a constant and a key.
    let rows = (0..<900).map { "\($0),\("abc".dropFirst($0 % 3).prefix(1)),\($0 % 10),1\n" }.joined()
    try work.write("id,kind,size,same\n" + rows, to: "before.csv")
    try work.write("id,kind,size,same\n" + rows, to: "now.csv")
    try work.write(
      """
      version: 1
      data:
        t: {source: now.csv, baseline: before.csv, drift: {columns: all}}
        u: {source: now.csv, columns: {id: {}}}
      """, to: "cupel.yaml")
    return work
  }

  /// The cells of the table's line for a column.
  private func cells(_ output: String, _ column: String) throws -> [Substring] {
    try #require(output.split(separator: "\n").first { $0.hasPrefix(column + " ") }, "\(output)").split(separator: " ")
  }

  @Test func smallChangesPassAndLargeOnesDoNot() async throws {
    let work = try folder()
    let result = try await CupelBinary.run(["calibrate", "--repeats", "20"], in: work.path)
    #expect(result.exitCode == 0, "\(result.error)")
    for column in ["kind", "size", "same"] {
      let cells = try cells(result.output, column)
      #expect(cells[1] == "jensen_shannon" && cells[2] == "900")
      #expect(cells[4] == "0%", "identical populations alarm")
      #expect(cells[10] == "100%", "two rows of five have changed")
      let power = cells[6...10].compactMap { Double($0.dropLast()) }
      #expect(power == power.sorted())
    }
    #expect(result.output.contains("left out: id (an identifier)"))
  }

  @Test func fewRowsAreNeverGreen() async throws {
    let work = try folder()
    let result = try await CupelBinary.run(["calibrate", "t", "--rows", "30", "--repeats", "20"], in: work.path)
    #expect(try cells(result.output, "kind")[5] == "100%")
    #expect(try cells(result.output, "kind")[4] == "0%")
  }

  @Test func nothingDependsOnThreads() async throws {
    let work = try folder()
    let one = try await CupelBinary.run(["calibrate", "--repeats", "20", "--threads", "1"], in: work.path)
    let two = try await CupelBinary.run(["calibrate", "--repeats", "20", "--threads", "2"], in: work.path)
    #expect(one.output == two.output && one.exitCode == 0)
  }

  /// The table and the plot of the power stand in the reports, which are the same bytes each time.
  @Test func reportsHoldTheTables() async throws {
    let work = try folder()
    var texts: [[String]] = []
    for run in ["one", "two"] {
      let forms = ["markdown", "terminal", "json", "junit"]
      let reports = forms.flatMap { ["-r", "\($0)=\(run)/report.\($0)"] }
      let result = try await CupelBinary.run(
        ["calibrate", "--repeats", "20", "--now", "2026-01-31T00:00:00Z"] + reports, in: work.path)
      #expect(result.exitCode == 0, "\(result.error)")
      let found = try forms.map { try work.text("\(run)/report.\($0)") }
      #expect(found[0].contains("| column | method | rows |") && found[0].contains("█"))
      #expect(
        found[0].split(separator: "\n").contains { $0.hasPrefix("| kind | jensen\\_shannon | 900 |") }, "\(found[0])")
      #expect(found[1] == result.output)
      #expect(found[2].contains("20% of the rows changed: found in ") && found[2].contains("false alarms 0%"))
      // A case that passes has no text in JUnit.
      #expect(found[3].contains(#"classname="cupel.data.t.kind" name="calibrate""#))
      for text in found.dropFirst(2) { #expect(text.contains("left out: an identifier")) }
      texts.append(found)
    }
    #expect(texts[0] == texts[1])
  }

  @Test func seriesAndRowsHaveTheirLines() async throws {
    let work = try folder()
    try work.write(
      """
      version: 1
      history: history.db
      data:
        t:
          source: now.csv
          baseline: {dataset: b}
          correlation_change: [id, size]
          anomaly: {of: rows, group_by: kind}
        b: {source: before.csv}
      """, to: "cupel.yaml")
    let result = try await CupelBinary.run(["calibrate", "t", "--repeats", "20"], in: work.path)
    #expect(result.exitCode == 0, "\(result.error)")
    let cells = try cells(result.output, "correlation_change")
    #expect(cells[1] == "correlation-change" && cells[2] == "900" && cells[4] == "0%", "\(cells)")
    #expect(result.output.contains("left out: data.t.anomaly_rows (0 of 20 runs)"), "\(result.output)")
    // The first run is no more than a history of one run for each of the kinds.
    #expect(
      try await CupelBinary.run(["run", "--only", "data.t.anomaly_rows", "--record"], in: work.path).exitCode == 0)
    let again = try await CupelBinary.run(["calibrate", "t", "--repeats", "20"], in: work.path)
    for kind in "abc" {
      #expect(again.output.contains(#"rows by {"kind":"\#(kind)"}) (1 of 20 runs)"#), "\(again.output)")
    }
  }

  @Test func whatCannotBeCalibratedIsSaid() async throws {
    let work = try folder()
    let none = try await CupelBinary.run(["calibrate", "u"], in: work.path)
    #expect(none.exitCode == 4 && none.error.contains("no dataset has a drift check"))
    #expect(try await CupelBinary.run(["calibrate", "nobody"], in: work.path).exitCode == 2)
    #expect(try await CupelBinary.run(["calibrate", "--repeats", "1"], in: work.path).exitCode == 2)
  }
}
