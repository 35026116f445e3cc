internal import Language
package import Planning
package import Scan
package import Verdict

/// A column check that judges each value by itself: what differs between them is the test and the words.
package protocol ValueCheck: ColumnCheck {
  /// The test on this column, or what is wrong with the check.
  func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest
  /// The limit as it is shown beside the observed value.
  var limit: Bound { get }
  /// What violating values do, after "3 of 100 values …": `are not between 0 and 10`.
  var violation: String { get }
  /// Whether the claim says something of NaN: that it is no such value, or that it is one. What says nothing of it would
  /// hold in a column of nothing else, and of that it cannot be told.
  var judgesNaN: Bool { get }
}

extension ValueCheck {
  package var judgesNaN: Bool { true }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    do {
      _ = try test(on: column)
      return nil
    } catch {
      return error
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let test: any RowTest
    do throws(Diagnostic) { test = try self.test(on: column) } catch { return column.unfit(error) }
    var claim = ValueClaim(column: column, limit: limit, violation: violation)
    claim.readable = test.readings.first?.type?.plural ?? ""
    let judge =
      column.type == nil ? Self.prepare(Strictly(test), claim, &plan) : Self.prepare(test, claim, &plan)
    guard !judgesNaN, test.readings.first?.type == .number else { return judge }
    let nan = plan.require(
      Violations.Specification(RangeTest(column.name, as: .number, .number(-.infinity, .infinity))), judgesRows: false)
    return { [claim] measurements in claim.ofNothingButNaN(measurements[nan].summary) ?? judge(measurements) }
  }

  private static func prepare(_ test: some RowTest, _ claim: ValueClaim, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(Violations.Specification(test))
    return { claim.judge($0[slot].summary) }
  }
}

extension ColumnContext {
  /// The evaluation of a check that cannot be made. What the rules alone say was reported before any data was read; what
  /// the file says of the column is known only now.
  func unfit(_ problem: Diagnostic) -> Evaluation {
    let planned = planned
    let evidence = Evidence(notes: problem.help)
    return { _ in
      planned.finding(.errored, problem.headline, reason: .undefined, evidence: evidence, location: problem.location)
    }
  }
}

/// `Strictly` on an existential needs its type opened first.
private func Strictly(_ test: any RowTest) -> any RowTest {
  func open(_ test: some RowTest) -> any RowTest { StrictTest(test) }
  return open(test)
}

/// A test for a column without a declared type: a value that cannot be read as the check needs it violates the check,
/// because there is no type check to say so.
struct StrictTest<Base: RowTest>: RowTest {
  var base: Base

  init(_ base: Base) { self.base = base }

  var readings: [ColumnReading] { base.readings }
  var shownColumns: [String] { base.shownColumns }

  func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    base.judge(batch, into: &verdicts)
    verdicts.replace(.malformed, with: .violated)
  }

  func judge(_ batch: Batch, into verdicts: inout [RowVerdict], unreadable: inout Int) {
    base.judge(batch, into: &verdicts)
    unreadable += verdicts.count { $0 == .malformed }
    verdicts.replace(.malformed, with: .violated)
  }

  /// Where nothing violates the test, nothing is malformed either.
  func summary(from statistics: ChunkStatistics) -> ViolationSummary? { base.summary(from: statistics) }
}
