import JSON
import Planning
import Scan
import TestSupport
import Testing

@testable import Profiles

@Suite struct ProfileTests {
  private static func profile(
    _ text: String, threads: Int = 1, withMakeup: Bool = false, file: String = "t.csv"
  ) async throws -> Profile {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: file)
    var scan = NativeScan(TableSource(path: path, displayedAs: file), ScanResources(threads: threads))
    return try await Profile(of: &scan, named: file, withMakeup: withMakeup)
  }

  private static func table(rows: Int, seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    var lines = ["id,amount,city,day"]
    for row in 0..<rows {
      let amount =
        Int.random(in: 0..<10, using: &generator) == 0 ? "" : "\(Double.random(in: -5...100, using: &generator))"
      let city = ["Oslo", "Rio", "Bergen"].randomElement(using: &generator) ?? ""
      lines.append("\(seed * 1_000_000 + UInt64(row)),\(amount),\(city),2024-01-0\(row % 9 + 1)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is written is what is read: the file says the same once more.
  @Test func aSavedProfileIsTheSameProfile() async throws {
    let profile = try await Self.profile(Self.table(rows: 3000, seed: 1))
    let text = profile.text
    let read = try Profile(json: try JSONParser.parse(text), name: "p.json")
    #expect(read.text == text)
    #expect(ProfileView(read, width: 120).lines == ProfileView(profile, width: 120).lines)
  }

  /// Written piece by piece it is the pretty text of what it says, and the checksum the hash of its compact text.
  @Test(arguments: ["a,b\n1,x\n2,y\n", "a\n"]) func thePiecesAreOneText(table: String) async throws {
    let text = try await Self.profile(table).text
    let json = try JSONParser.parse(text)
    #expect(text == JSONWriter.pretty.string(json) + "\n")
    let members = json.objectValue?.members ?? []
    let content = JSONWriter.compact.bytes(.object(JSONObject(members.filter { $0.key != "checksum" })))
    let hash = Murmur3.hash(content.span)
    #expect(members.last?.key == "checksum")
    #expect(json["checksum"]?.stringValue == Hexadecimal.text(hash.h1) + Hexadecimal.text(hash.h2))
  }

  /// What texts are made of is in the file when somebody asked for it, of columns that hold texts.
  @Test func theMakeupOfTextsIsSaved() async throws {
    let text = Self.table(rows: 400, seed: 6)
    let profile = try await Self.profile(text, withMakeup: true)
    let read = try Profile(json: try JSONParser.parse(profile.text), name: "p.json")
    #expect(read.columns.map { $0.makeup?.texts } == [nil, nil, 400, 400])
    #expect(read.columns[2].makeup == profile.columns[2].makeup && read.columns[2].buckets.total == 400)
    let plain = try await Self.profile(text)
    #expect(plain.columns.allSatisfy { $0.makeup == nil } && plain.digest == profile.digest)
    var merged = profile
    try merged.merge(profile)
    #expect(merged.columns[2].makeup?.texts == 800)
    try merged.merge(plain)
    #expect(merged.columns[2].makeup == nil)
  }

  /// Counters merge exactly, sketches within their bounds, and the digest says that it is the same data.
  @Test func mergedPartsAreTheWhole() async throws {
    let parts = try await [2, 3, 4].asyncMap { try await Self.profile(Self.table(rows: 4000, seed: $0)) }
    let text =
      Self.table(rows: 4000, seed: 2)
      + [3, 4].map { seed in
        String(Self.table(rows: 4000, seed: seed).drop { $0 != "\n" }.dropFirst())
      }.joined()
    let whole = try await Self.profile(text)
    var merged = parts[0]
    for part in parts.dropFirst() { try merged.merge(part) }
    #expect(merged.rows == 12_000 && whole.rows == 12_000)
    #expect(merged.digest == whole.digest)
    for (a, b) in zip(merged.columns, whole.columns) {
      #expect(a.nulls == b.nulls && a.rows == b.rows)
      #expect(a.histogram == b.histogram && a.lengths == b.lengths && a.census == b.census)
      #expect(a.moments.count == b.moments.count && a.moments.minimum == b.moments.minimum)
      if let mean = a.moments.mean, let other = b.moments.mean { #expect(abs(mean - other) <= 1e-9 * abs(other)) }
      #expect(b.distinct.bounds(standardErrors: 3).contains(a.distinct.estimate))
      if let median = a.quantiles.quantile(at: 0.5), let rank = b.quantiles.rank(of: median) {
        #expect(abs(rank - 0.5) <= a.quantiles.normalizedRankError + b.quantiles.normalizedRankError)
      }
    }
  }

  /// A number that a person changed, and one inside of a sketch.
  @Test func changedProfilesAreRefused() async throws {
    let text = try await Self.profile(Self.table(rows: 300, seed: 8)).text
    for (from, to) in [("\"rows\": 300", "\"rows\": 301"), ("\"at_least\": 1", "\"at_least\": 2"), ("AAA", "AAB")] {
      let changed = text.replacing(from, with: to, maxReplacements: 1)
      try #require(changed != text, "\(from)")
      #expect {
        try Profile(json: try JSONParser.parse(changed), name: "p.json")
      } throws: {
        ($0 as? ProfileError)?.message.contains("was changed after it was saved") == true
      }
    }
    // White space says nothing; that the checksum is taken away does.
    let same = try Profile(json: try JSONParser.parse(text.split(separator: "\n").joined(separator: " ")), name: "p")
    #expect(same.rows == 300)
    let members = try JSONParser.parse(text).objectValue?.members ?? []
    #expect {
      try Profile(json: .object(JSONObject(members.filter { $0.key != "checksum" })), name: "p.json")
    } throws: {
      ($0 as? ProfileError)?.message.hasPrefix("p.json has no checksum") == true
    }
  }

  @Test func theDigestIsThatOfTheValues() async throws {
    let digest = try await Self.profile("a,b\n1,x\n2,y\n").digest
    #expect(try await Self.profile("a,b\n2,y\n1,x\n").digest == digest)
    for other in ["a,b\n1,x\n2,z\n", "a,b\n1,x\n", "a,b\n1,x\n2,\n", "a,c\n1,x\n2,y\n", "a,b\n1,x\n2,y\n2,y\n"] {
      #expect(try await Self.profile(other).digest != digest, "\(other)")
    }
  }

  @Test(arguments: [2, 5])
  func threadsChangeNothing(threads: Int) async throws {
    let text = Self.table(rows: 150_000, seed: 7)
    #expect(text.utf8.count > 5 << 20)
    let one = try await Self.profile(text).text
    #expect(try await Self.profile(text, threads: threads).text == one)
  }

  /// A shard without rows still has the columns of its header, and says nothing against their types.
  @Test func shardsWithoutRowsMerge() async throws {
    let (full, empty) = (try await Self.profile("a,b\n1,x\n"), try await Self.profile("a,b\n"))
    #expect(empty.columns.map(\.type) == [.untyped, .untyped])
    for var parts in [[full, empty], [empty, full], [empty, empty, full]] {
      var whole = parts.removeFirst()
      for part in parts { try whole.merge(part) }
      #expect(whole.columns.map(\.type) == [.untyped, .untyped] && whole.rows == 1 && whole.digest == full.digest)
    }
    // As profiles that were saved before said of them.
    let columns = ["a", "b"].map { ColumnSummary($0, as: .null, nulls: 0) }
    var untold = Profile(source: "old.csv", rows: 0, defects: 0, columns: columns)
    try untold.merge(full)
    #expect(untold.columns.map(\.type) == full.columns.map(\.type))
  }

  @Test func keysThatAShardLacksAreNullThere() async throws {
    let lines = ["{\"a\": 1}\n{\"a\": 2}\n", "{\"b\": \"x\"}\n"]
    var whole = try await Self.profile(lines[0], withMakeup: true, file: "1.jsonl")
    try whole.merge(try await Self.profile(lines[1], withMakeup: true, file: "2.jsonl"))
    let one = try await Self.profile(lines.joined(), withMakeup: true, file: "1.jsonl")
    #expect(whole.columns.map(\.column) == ["a", "b"])
    #expect(whole.columns.map(\.rows) == [3, 3] && whole.columns.map(\.nulls) == [1, 2])
    #expect(whole.columns.map(\.makeup?.texts) == one.columns.map(\.makeup?.texts))
    #expect(whole.digest == one.digest)
  }

  /// There are no more different values than values, whatever a sketch estimates.
  @Test func estimatesKeepToTheRows() async throws {
    let rows = 20_000
    for seed in 0..<4 {
      let text = "id\n" + (0..<rows).map { "\($0 &* 2_654_435_761 &+ seed)\n" }.joined()
      let json = try JSONParser.parse(try await Self.profile(text).text)
      let distinct = json["columns"]?.arrayValue?.first?["distinct"]
      for key in ["at_least", "estimate", "at_most"] {
        #expect((distinct?[key]?.doubleValue ?? .infinity) <= Double(rows), "\(key)")
      }
    }
  }

  @Test func whatDoesNotMatchIsNotMerged() async throws {
    var profile = try await Self.profile("a,b\n1,x\n")
    let other = try await Self.profile("a,c\n1,x\n")
    #expect {
      try profile.merge(other)
    } throws: {
      ($0 as? ProfileError)?.message.contains("only one of them has the column \"b\"") == true
    }
  }

  @Test(
    arguments: [
      ("{}", "is no profile"), ("[]", "is no profile"), ("{\"cupel_profile\": 2}", "version 2"),
      ("{\"cupel_profile\": 1}", "damaged"), ("{\"cupel_profile\": 1, \"rows\": 1, \"columns\": [{}]}", "has no name"),
      (
        "{\"cupel_profile\": 1, \"rows\": 1, \"columns\": [{\"name\": \"a\", \"type\": \"text\", \"rows\": 1, \"nulls\": 0, \"digest\": \"00000000000000000000000000000000\", \"sketches\": {}}]}",
        "missing"
      ),
    ] as [(String, String)])
  func damagedProfilesAreRefused(text: String, words: String) throws {
    let json = try JSONParser.parse(text)
    #expect {
      try Profile(json: json, name: "p.json")
    } throws: {
      ($0 as? ProfileError)?.message.contains(words) == true
    }
  }

  /// Flipping any byte of a sketch gives an error or a profile, never a crash.
  @Test func brokenSketchesNeverCrash() async throws {
    // Without its checksum, which would refuse all of them.
    let profile = try JSONParser.parse(try await Self.profile(Self.table(rows: 700, seed: 5)).text)
    let members = profile.objectValue?.members ?? []
    let json = JSONWriter.compact.string(.object(JSONObject(members.filter { $0.key != "checksum" })))
    var generator = SeededGenerator(seed: 9)
    let symbols = Array("ABCDEFGHIJKLMNOPabcdefghijklm0123456789+/".utf8)
    var bytes = Array(json.utf8)
    for _ in 0..<2000 {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      guard symbols.contains(bytes[place]) else { continue }
      let before = bytes[place]
      bytes[place] = symbols.randomElement(using: &generator) ?? before
      if let value = try? JSONParser.parse(bytes), let profile = try? Profile(json: value, name: "p") {
        _ = ProfileView(profile, width: 100).lines
      }
      bytes[place] = before
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}

extension Profile {
  /// The file of the profile.
  fileprivate var text: String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
