package import Language
package import Planning
internal import Scan
package import Verdict

/// `truncated: {at_most: 0 rows}`: how many values look as if they had been cut to fit.
package struct TruncatedCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "truncated",
    summary:
      "The share or number of values that look cut lies within the limits. Of texts these are all of the greatest length, in Unicode scalars, when that is the width of common columns: 127, 128, 255, 256, 511, 512, 1000, 1023, 1024, 2000, 2047, 2048, 4000, 4095, 4096, 8000, 8191, 8192, 16383, 16384, 32000, 32766, 32767, 32768, 65535. Of numbers these are the ends of 16, 24, 32 and 64 bits, with and without a sign, and 2097152. The type must be declared.",
    why: "A database cuts a text at its column's width, and a number at its type's end, without a word.",
    example: "columns:\n  carrier: {type: string, truncated: {at_most: 0 rows}}",
    fix: "Widen the column upstream and load again; allow what is known to be as long as that by itself.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<TruncatedCheck> {
    Shape<Limits>.limits(of: .tolerance).map { TruncatedCheck(limits: $0) }
  }

  private static let widths: Set<Int> = [
    127, 128, 255, 256, 511, 512, 1000, 1023, 1024, 2000, 2047, 2048, 4000, 4095, 4096, 8000, 8191, 8192, 16383, 16384,
    32000, 32766, 32767, 32768, 65535,
  ]
  private static let ends: [Int64] = [
    32767, -32768, 65535, 8_388_607, -8_388_608, 16_777_215, 2_097_152, 2_147_483_647, -2_147_483_648, 4_294_967_295,
    .max,
    .min,
  ]

  package func problem(on column: ColumnContext) -> Diagnostic? {
    guard column.type != nil else {
      return Diagnostic(
        "\"truncated\" needs the type of \"\(column.name)\"", at: column.planned.location,
        help: ["texts are cut at a width and numbers at the end of their type: declare which they are"])
    }
    return column.problem(unless: [.string, .integer, .number], have: "truncated values")
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let type = column.type?.value ?? .string
    guard type != .string else {
      let slot = plan.require(LengthCounts.Specification(column.name))
      plan.judgeRows { [name = column.name] measurements in
        LengthTest(name, atLeast: 0, atMost: Self.cut(measurements[slot]).map { $0 - 1 } ?? .max)
      }
      return { judge(column, $0[slot]) }
    }
    let members: MembershipTest.Members =
      type == .integer ? .integers(Self.ends) : .numbers(Self.ends.map { Double($0) } + [0x1p64])
    let test = MembershipTest(column.name, as: type, members, isNegated: true)
    let slot = plan.require(Violations.Specification(test))
    let claim = ShareClaim(ValueClaim(column: column), limits)
    return { claim.judge($0[slot].summary, "are the greatest or least of a type of numbers") }
  }

  /// The length at which texts look cut; nil when the greatest is no common width.
  private static func cut(_ lengths: LengthCounts) -> Int? {
    lengths.longest.flatMap { widths.contains($0) ? $0 : nil }
  }

  private func judge(_ column: ColumnContext, _ lengths: LengthCounts) -> Finding {
    let longest = lengths.longest ?? 0
    let cut = Self.cut(lengths)
    return ShareClaim(ValueClaim(column: column), limits).judge(
      lengths.summary { $0 == cut },
      "have the greatest length, \(longest)" + (cut != nil ? ", which is the width of many columns" : ", and look cut"))
  }
}
