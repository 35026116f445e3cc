import Language
import Planning
import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// Dates and points in time, which are compared as instants, however a file writes them.
@Suite struct TimeDriftTests {
  /// How a file writes a point in time.
  enum Form: CaseIterable, Sendable {
    case zulu, spaced, fraction, zone, jsonLines, days, seconds, milliseconds, microseconds, nanoseconds

    var isOfDays: Bool { self == .days }

    /// The type of the column where the file declares one.
    var type: StoredType? {
      switch self {
      case .days: .date
      case .seconds: .timestamp(.second, zone: nil)
      case .milliseconds: .timestamp(.millisecond, zone: "UTC")
      case .microseconds: .timestamp(.microsecond, zone: nil)
      case .nanoseconds: .timestamp(.nanosecond, zone: nil)
      default: nil
      }
    }

    func text(_ second: Int) -> String {
      let (day, rest) = (second / 86_400, second % 86_400)
      let date = Literal.text(Int64(day), as: .date)
      let time = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      return switch self {
      case .zulu: "\(date)T\(time)Z"
      case .spaced: "\(date) \(time)"
      case .fraction: "\(date)T\(time).000000"
      case .zone: "\(date) \(time)+00:00"
      case .jsonLines: "{\"t\": \"\(date)T\(time)\"}"
      case .days: "\(day)"
      case .seconds: "\(second)"
      case .milliseconds: "\(second * 1000)"
      case .microseconds: "\(second * 1_000_000)"
      case .nanoseconds: "\(second * 1_000_000_000)"
      }
    }
  }

  /// Some thousand seconds of the sixty days from a day of 2026 on.
  private static func seconds(from day: Int, seed: UInt64, wholeDays: Bool = false) -> [Int] {
    var random = SeededGenerator(seed: seed)
    let first = 1_767_225_600 + day * 86_400
    return (0..<3000).map { _ in
      let second = Int.random(in: 0..<60 * 86_400, using: &random)
      return first + (wholeDays ? second / 86_400 * 86_400 : second)
    }
  }

  private static func file(_ seconds: [Int], _ form: Form, in folder: TemporaryFolder) throws -> TableSource {
    let lines = seconds.map { form.text($0) + "\n" }.joined()
    let name = form == .jsonLines ? "t.jsonl" : "t.csv"
    let path = try folder.write(form == .jsonLines ? lines : "t\n" + lines, to: name)
    return TableSource(path: path, displayedAs: name)
  }

  /// What a profile says of the column.
  private static func summary(_ seconds: [Int], _ form: Form) async throws -> ColumnSummary {
    let folder = try TemporaryFolder()
    var scan = NativeScan(try file(seconds, form, in: folder))
    var plan = Plan()
    let slot = plan.require(ColumnSummary.Specification("t"))
    let found = try await scan.compute(plan)[slot].saved()
    guard let type = form.type else { return found }
    return try ColumnSummary(
      "t", type: type, rows: found.rows, nulls: found.nulls, digest: (0, 0), images: images(found))
  }

  private static func images(_ summary: ColumnSummary) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: summary.images.map { ($0.name, $0.bytes) })
  }

  private static func finding(
    _ seconds: [Int], _ form: Form, against before: ColumnSummary, _ rules: Tree = ["drift": "t"]
  ) async throws -> Finding {
    let folder = try TemporaryFolder()
    var problems = Problems()
    let rules = try #require(Rules.shape.decode(rules.node(), &problems))
    let subject = DatasetSubject(
      name: "t", location: nil, source: try file(seconds, form, in: folder), rules: rules,
      baseline: DataBaseline(name: "old.json", .profile(ProfiledTable(rows: before.rows, columns: [before]))),
      problems: &problems)
    #expect(problems.isEmpty)
    let context = RunContext(workingDirectory: "/", environment: [:], now: 0)
    return try #require(await subject.evaluate(Selection([]), in: context).last { $0.kind == "drift" })
  }

  /// Every way to write instants is compared with a profile of every other one: those of one population pass, and
  /// a month later fails.
  @Test(arguments: Form.allCases) func textsAreComparedWithProfiles(before: Form) async throws {
    let wholeDays = before.isOfDays
    let profile = try await Self.summary(Self.seconds(from: 0, seed: 1, wholeDays: wholeDays), before)
    for now in Form.allCases where now.type == nil {
      let same = try await Self.finding(Self.seconds(from: 0, seed: 2, wholeDays: wholeDays), now, against: profile)
      #expect(same.outcome == .passed, "\(before) and \(now): \(same.message)")
      let later = try await Self.finding(Self.seconds(from: 30, seed: 3, wholeDays: wholeDays), now, against: profile)
      #expect(later.outcome == .failed, "\(before) and \(now): \(later.message)")
      #expect(later.evidence.notes.contains { $0.contains("outside 2026-01-01") }, "\(later.evidence.notes)")
    }
  }

  /// A declared type changes nothing: the texts are what they are.
  @Test(arguments: ["date", "timestamp"]) func declaredTypesAreCompared(type: String) async throws {
    let days = Self.seconds(from: 0, seed: 4, wholeDays: true)
    func text(_ second: Int) -> String {
      let date = Literal.text(Int64(second / 86_400), as: .date)
      return type == "date" ? date : "\(date)T00:00:00Z"
    }
    func outcome(from day: Int, seed: UInt64) async throws -> Finding {
      let now = Self.seconds(from: day, seed: seed, wholeDays: true)
      var tables = Neighbours(
        "t\n" + now.map { text($0) + "\n" }.joined(), ("before", "t\n" + days.map { text($0) + "\n" }.joined()))
      tables.baseline = "before"
      let rules: Tree = ["drift": "t", "columns": ["t": ["type": .scalar(type)]]]
      return try #require(try await tables.findings(rules).last { $0.kind == "drift" })
    }
    let same = try await outcome(from: 0, seed: 5)
    #expect(same.outcome == .passed, "\(same.message)")
    let later = try await outcome(from: 20, seed: 6)
    #expect(later.outcome == .failed, "\(later.message)")
  }

  /// Times of day are compared as such, from one midnight to the next, and say so where they stand among dates.
  @Test func timesOfDayAreCompared() async throws {
    func clocks(_ hours: Range<Int>, seed: UInt64, _ last: String = "") -> String {
      var random = SeededGenerator(seed: seed)
      func digits(_ range: Range<Int>) -> String {
        let number = Int.random(in: range, using: &random)
        return number < 10 ? "0\(number)" : "\(number)"
      }
      return "t\n" + (0..<3000).map { _ in "\(digits(hours)):\(digits(0..<60)):\(digits(0..<60))\n" }.joined() + last
    }
    func finding(_ now: String) async throws -> Finding {
      var tables = Neighbours(now, ("before", clocks(0..<18, seed: 21)))
      tables.baseline = "before"
      return try #require(try await tables.findings(["drift": "t"]).last { $0.kind == "drift" })
    }
    let same = try await finding(clocks(0..<18, seed: 22))
    #expect(same.outcome == .passed, "\(same.message)")
    let later = try await finding(clocks(6..<24, seed: 23))
    #expect(later.outcome == .failed, "\(later.message)")
    #expect(later.evidence.notes.contains { $0.contains("outside 00:00:") }, "\(later.evidence.notes)")
    let dates = try await finding("t\n" + Self.seconds(from: 0, seed: 24).map { Form.zulu.text($0) + "\n" }.joined())
    #expect(dates.outcome == .failed && dates.message.contains("it holds times of day"), "\(dates.message)")
    let mixed = try await finding(clocks(0..<18, seed: 25, "2026-01-01\n"))
    #expect(mixed.outcome != .passed, "\(mixed.message)")
  }

  /// A profile of an earlier version does not say when its times are: that is no pass, and what helps is said.
  @Test func anOldProfileIsToBeMadeAgain() async throws {
    let seconds = Self.seconds(from: 0, seed: 7)
    let found = try await Self.summary(seconds, .zulu)
    let old = try ColumnSummary(
      "t", type: .untyped, rows: found.rows, nulls: found.nulls, digest: (0, 0),
      images: Self.images(found).filter { $0.key != "instants" })
    let finding = try await Self.finding(seconds, .zulu, against: old)
    #expect(finding.outcome == .errored && finding.reason == .baseline, "\(finding.message)")
    #expect(finding.message.contains("saved before profiles did"))
    #expect(finding.evidence.notes.contains { $0.hasPrefix("make it again") }, "\(finding.evidence.notes)")
  }

  /// A column of which one value is no time holds texts, which are no dates.
  @Test func aWordAmongTimesIsNoTime() async throws {
    let profile = try await Self.summary(Self.seconds(from: 0, seed: 8), .microseconds)
    let folder = try TemporaryFolder()
    let texts = Self.seconds(from: 0, seed: 9).map { Form.zulu.text($0) } + ["soon"]
    let path = try folder.write("t\n" + texts.map { $0 + "\n" }.joined(), to: "t.csv")
    var scan = NativeScan(TableSource(path: path, displayedAs: "t.csv"))
    var plan = Plan()
    let slot = plan.require(ColumnSummary.Specification("t"))
    let found = try await scan.compute(plan)[slot]
    #expect(!found.areInstants && DriftSample(found).kind == .texts)
    #expect(found.census.count(ofFinest: .timestamp) == 3000 && found.census.count(ofFinest: .string) == 1)
    #expect(DriftSample(profile).kind == .times)
  }
}
