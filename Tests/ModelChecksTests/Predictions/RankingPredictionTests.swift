import Foundation
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Documents that were ranked for queries.
@Suite struct RankingPredictionTests {
  private static let keys: [(String, ConfigTree)] = [("query", "q"), ("label", "rel"), ("score", "s"), ("id", "id")]

  /// By hand: of query x the relevant document is second, of y first: a mean reciprocal rank of 3/4; the mean of 1 / log2 3
  /// and 1 for nDCG.
  @Test(arguments: ["s", "r"]) func scoresAndRanksOrderAlike(column: String) async throws {
    let file = "id,q,rel,s,r\n1,x,0,0.9,1\n2,x,1,0.5,2\n3,y,1,0.7,1\n4,y,0,0.1,2\n"
    var keys: [(String, ConfigTree)] = [("query", "q"), ("label", "rel")]
    keys.append((column == "s" ? "score" : "rank", .scalar(column)))
    let found = try await TaskFixture.findings(
      "ranking", keys,
      [
        TaskFixture.gate("mrr", is: 0.75), TaskFixture.gate("ndcg", is: (1 / log2(3) + 1) / 2),
        TaskFixture.gate(["name": "precision_at_k", "k": "1"], is: 0.5),
      ], candidate: file)
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed], "\(found.map(\.message))")
  }

  /// Queries of two documents each, of which the relevant one stands first when `isFirst`.
  private static func file(_ queries: [Int], isFirst: (Int) -> Bool) -> String {
    "id,q,rel,s,half\n"
      + queries.map { query in
        let score = isFirst(query) ? "0.9" : "0.1"
        return "\(query)a,q\(query),1,\(score),u\(query / 2)\n\(query)b,q\(query),0,0.5,v\n"
      }.joined()
  }

  /// The paired t interval over queries, by its formula: 60 differences, of which 6 are 1/2 and the others 0.
  @Test func anIntervalCountsQueries() async throws {
    let found = try await TaskFixture.findings(
      "ranking", Self.keys, [["metric": "mrr", "max_regression": "0.2 absolute", "confidence": "95%"]],
      candidate: Self.file(Array(0..<60)) { $0 % 10 != 0 },
      baseline: Self.file(Array((0..<60).reversed())) { _ in true })
    let finding = try #require(found.last)
    #expect(finding.outcome == .passed && finding.evidence.method == "influence-function, paired by id")
    // The mean of 6 halves among 60 is 0.05, their standard deviation 0.5 √(0.1 · 0.9 · 60 / 59); t(59) = 2.00099538.
    let half = 2.000995378088259 * 0.5 * (0.1 * 0.9 * 60 / 59).squareRoot() / 60.0.squareRoot()
    let interval = try #require(finding.evidence.interval)
    #expect(abs(interval.lower - (-0.05 - half)) < 1e-9 && abs(interval.upper - (-0.05 + half)) < 1e-9, "\(interval)")
  }

  /// Of equal scores any order is as good as another: a mean over all of them, by brute force, and not that of the file.
  @Test(arguments: [true, false]) func tiesAreMeansOverTheirOrders(isFirst: Bool) async throws {
    // Scores 3 2 2 2 1, of which the relevant ones are two of the three equal ones and the last.
    let tied = isFirst ? [1, 1, 0] : [0, 1, 1]
    let lines = zip([0] + tied + [1], [3, 2, 2, 2, 1]).enumerated().map { "\($0),q,\($1.0),\($1.1)\n" }
    var (mrr, map, hit, recall, count) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for order in [[1, 1, 0], [1, 0, 1], [0, 1, 1]] {
      let relevances = [0] + order + [1]
      mrr += 1 / Double((relevances.firstIndex(of: 1) ?? 0) + 1)
      hit += relevances.prefix(2).contains(1) ? 1 : 0
      recall += Double(relevances.prefix(3).count { $0 == 1 }) / 3
      var hits = 0.0
      for (place, relevance) in relevances.enumerated() where relevance == 1 {
        hits += 1
        map += hits / Double(place + 1) / 3
      }
      count += 1
    }
    let found = try await TaskFixture.findings(
      "ranking", Self.keys,
      [
        TaskFixture.gate("mrr", is: mrr / count), TaskFixture.gate("map", is: map / count),
        TaskFixture.gate(["name": "hit_rate", "k": "2"], is: hit / count),
        TaskFixture.gate(["name": "recall_at_k", "k": "3"], is: recall / count),
      ], candidate: "id,q,rel,s\n" + lines.joined())
    #expect(found.map(\.outcome) == [.passed, .passed, .passed, .passed, .passed], "\(found.map(\.message))")
  }

  /// With gaps the documents between are missing, and equal places are none.
  @Test(arguments: ["7,8", "1,1", "1,3", "1,1.5", "0,2", "2,3"]) func ranksArePlaces(ranks: String) async throws {
    let pair = ranks.split(separator: ",")
    let found = try await TaskFixture.findings(
      "ranking", [("query", "q"), ("label", "rel"), ("rank", "r")], [TaskFixture.gate("mrr", is: 1)],
      candidate: "q,rel,r\nx,1,\(pair[0])\nx,0,\(pair[1])\n")
    #expect(found[0].outcome == .errored && found[0].message.contains("has the rank"), "\(found.map(\.message))")
  }

  /// A mean of some of the queries says of how many.
  @Test func queriesThatSayNothingAreTold() async throws {
    let file = Self.file(Array(0..<8)) { _ in true }.replacing("q3,1,", with: "q3,0,").replacing("q5,1,", with: "q5,0,")
    let found = try await TaskFixture.findings("ranking", Self.keys, [TaskFixture.gate("map", is: 1)], candidate: file)
    let notes = try #require(found.last).evidence.notes
    #expect(notes.contains { $0.hasPrefix("2 of 8 queries say nothing of map") }, "\(notes)")
  }

  @Test func groupsAreOfQueries() async throws {
    let gate: ConfigTree = ["metric": "mrr", "at_least": "0.5", "confidence": "95%"]
    let file = Self.file(Array(0..<80)) { $0 % 10 != 0 }.replacing(",v\n", with: ",u\n")
    let parted = try await TaskFixture.findings("ranking", Self.keys + [("group", "half")], [gate], candidate: file)
    #expect(parted[0].outcome == .errored && parted[0].message.contains("in another group"), "\(parted[0].message)")
    var whole = "id,q,rel,s,half\n"
    for query in 0..<80 {
      whole += "\(query)a,q\(query),1,\(query % 9 == 0 ? 0.1 : 0.9),u\(query / 2)\n"
      whole += "\(query)b,q\(query),0,0.5,u\(query / 2)\n"
    }
    let found = try await TaskFixture.findings("ranking", Self.keys + [("group", "half")], [gate], candidate: whole)
    #expect(found.last?.outcome == .passed, "\(found.map(\.message))")
    #expect(found.last?.evidence.method.contains("rows grouped by half") == true)
  }

  @Test func aSliceDoesNotPartAQuery() async throws {
    let found = try await TaskFixture.findings(
      "ranking", Self.keys + [("slices", ["half"]), ("min_rows", "1")],
      [["metric": "mrr", "at_least": "0", "slices": "all"]],
      candidate: Self.file(Array(0..<4)) { _ in true })
    #expect(found.last?.outcome == .errored && found.last?.message.contains("in another slice by half") == true)
  }

  /// A query fares well or badly, and none of its rows by itself.
  @Test func noSliceIsDiscoveredAmongRowsOfQueries() async throws {
    let refused = await #expect(throws: ConfigFailure.self) {
      try await TaskFixture.findings(
        "ranking", Self.keys + [("slices", [["discover": ["half"]]])],
        [["metric": "mrr", "at_least": "0", "slices": "all", "confidence": "95%"]],
        candidate: Self.file(Array(0..<80)) { _ in true })
    }
    #expect(refused?.problems.first?.headline.contains("a query is judged with all of its rows") == true)
  }

  @Test func negativeRanksAndLengthsAreNone() async throws {
    let ranks = try await TaskFixture.findings(
      "ranking", [("label", "y"), ("rank", "r"), ("query", "q")], [["metric": "mrr", "at_least": "0"]],
      candidate: "q,y,r\na,1,0\na,0,-1\n")
    #expect(ranks.first?.outcome == .errored && ranks.first?.message.contains("has the rank -1") == true, "\(ranks)")
    let texts = try await TaskFixture.findings(
      "likelihood", [("log_likelihood", "l"), ("tokens", "t")], [["metric": "perplexity", "at_least": "0"]],
      candidate: "l,t\n-4,3\n-4,-3\n")
    #expect(texts.first?.outcome == .errored && texts.first?.message.contains("has -3 tokens") == true, "\(texts)")
  }
}
