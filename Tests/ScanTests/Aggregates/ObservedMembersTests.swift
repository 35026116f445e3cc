import Testing

@testable import Scan

@Suite struct ObservedMembersTests {
  private static func found(_ values: [String?], _ test: MembershipTest) async throws -> ObservedMembers {
    let parts = TestTable(columns: [("a", values)]).batches(of: 3).map { [$0] }
    return try await ObservedMembers.Specification(test).summary(of: parts)
  }

  @Test func membersAreThoseOfTheType() async throws {
    let texts = try await Self.found(
      ["x", "1.0", nil, "é", "x"], MembershipTest("a", as: .string, .texts(["1", "x", "é"])))
    #expect(texts.missing == [0] && texts.others == ["1.0"] && texts.areAll)
    let numbers = try await Self.found(
      ["1.0", "-0", "x", "nan", "-nan", "3e0"], MembershipTest("a", as: .number, .numbers([1, 0, 1, 7])))
    #expect(numbers.missing == [3] && numbers.others == ["nan", "3.0"])
    let dates = try await Self.found(
      ["2024-01-02", "1970-01-01"], MembershipTest("a", as: .date, .integers([0, 5])))
    #expect(dates.missing == [1] && dates.others == ["2024-01-02"])
    let booleans = try await Self.found(["true", "0"], MembershipTest("a", as: .boolean, .integers([1])))
    #expect(booleans.missing.isEmpty && booleans.others == ["false"])
    let times = try await Self.found(
      ["1970-01-01T00:00:01Z"], MembershipTest("a", as: .timestamp, .moments([Moment(0)])))
    #expect(times.others.count == 1 && times.others[0].hasPrefix("1970-01-01"))
  }

  @Test func othersAreBoundedInNumberAndSize() async throws {
    let many = (0..<ObservedMembers.limit).map { "v\($0)" }
    let test = MembershipTest("a", as: .string, .texts(["m"]))
    let full = try await Self.found(many + ["m"] + many, test)
    #expect(full.others == many && full.areAll && full.missing.isEmpty)
    let over = try await Self.found(many + ["w", "m"], test)
    #expect(over.others == many && !over.areAll && over.missing.isEmpty)
    let long = String(repeating: "x", count: 5000)
    let cut = try await Self.found([long, "w"], test)
    #expect(cut.others == ["w"] && !cut.areAll)
    // A member may be as long as it likes.
    let member = try await Self.found([long], MembershipTest("a", as: .string, .texts([ExactText(long)])))
    #expect(member.missing.isEmpty && member.areAll)
  }
}
