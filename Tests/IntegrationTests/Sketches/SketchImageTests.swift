import Foundation
import Scan
import TestSupport
import Testing

/// Apache DataSketches, from PyPI, reads the images of sketches, and what it writes is read here.
@Suite struct SketchImageTests {
  /// What the library says of a sketch.
  private struct Description: Decodable {
    var name: String
    var estimate: Double?
    var bounds: [[Double]]?
    var count: Int?
    var minimum: Double?
    var maximum: Double?
    var error: Double?
    var quantiles: [Double]?
    var items: [String: [Int]]?
  }

  private static let ranks = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]

  private func hll(_ values: Range<Int>, lgK: Int = 12) -> HyperLogLog {
    var sketch = HyperLogLog(lgK: lgK)
    sketch.update(values.map { Murmur3.hash(UInt64($0)) })
    return sketch
  }

  /// A permutation of 0 to count - 1.
  private func kll(_ count: Int, k: Int = 200) -> KLLSketch {
    var sketch = KLLSketch(k: k, seed: 1)
    sketch.update(Numbers((0..<count).map { Double($0 * 7919 % count) }))
    return sketch
  }

  private func weight(_ item: Int) -> Int { 5000 / (item + 1) + 1 }

  private func frequentItems(_ items: Int, lgMaxMapSize: Int) -> FrequentItems {
    var sketch = FrequentItems(lgMaxMapSize: lgMaxMapSize)
    for item in 0..<items {
      let bytes = Array("item \(item)".utf8)
      sketch.update(bytes.span, hash: Murmur3.hash(bytes.span), count: weight(item))
    }
    return sketch
  }

  @Test func imagesGoBothWays() async throws {
    let work = try TemporaryFolder()
    var (hlls, klls, items): ([String: HyperLogLog], [String: KLLSketch], [String: FrequentItems]) = ([:], [:], [:])
    for lgK in [4, 7, 8, 12, 14] {
      for count in [0, 1, 7, 8, 30, 400, 5000, 100_000] {
        hlls["\(lgK)-\(count).hll"] = hll(0..<count, lgK: lgK)
        var merged = hll(0..<count / 2, lgK: lgK)
        merged.merge(hll(count / 3..<count, lgK: lgK))
        hlls["merged-\(lgK)-\(count).hll"] = merged
      }
    }
    for k in [8, 200, 1000] {
      for count in [0, 1, 2, 100, 513, 1000, 100_000, 1_000_000] {
        klls["\(k)-\(count).kll"] = kll(count, k: k)
        var merged = kll(count, k: k)
        for _ in 0..<3 { merged.merge(kll(count, k: k)) }
        klls["merged-\(k)-\(count).kll"] = merged
      }
    }
    for size in [3, 10] {
      for count in [0, 1, 5, 2000] {
        items["\(size)-\(count).fi"] = frequentItems(count, lgMaxMapSize: size)
        var merged = frequentItems(count, lgMaxMapSize: size)
        merged.merge(frequentItems(count, lgMaxMapSize: size))
        items["merged-\(size)-\(count).fi"] = merged
      }
    }
    for (name, sketch) in hlls { try work.write(sketch.serialized(), to: "ours/" + name) }
    for (name, sketch) in klls { try work.write(sketch.serialized(), to: "ours/" + name) }
    for (name, sketch) in items { try work.write(sketch.serialized(), to: "ours/" + name) }
    let output = try await PythonEnvironment.run(
      "Tests/IntegrationTests/Sketches/sketch_images.py", [work.path], in: work.path, of: "datasketches",
      ["datasketches==5.2.0"])
    let descriptions = try output.split(separator: "\n").map { line in
      try JSONDecoder().decode(Description.self, from: Data(line.utf8))
    }
    #expect(descriptions.count { $0.name.hasPrefix("ours/") } == hlls.count + klls.count + items.count)
    #expect(descriptions.count { $0.name.hasPrefix("theirs/") } > 250)
    for description in descriptions {
      let name = String(description.name.split(separator: "/")[1])
      if description.name.hasPrefix("ours/") {
        if let sketch = hlls[name] { try check(sketch, description) }
        if let sketch = klls[name] { try check(sketch, description) }
        if let sketch = items[name] { try check(sketch, description) }
        continue
      }
      let image = try Array(Data(contentsOf: URL(filePath: work.path + "/" + description.name)))
      switch name.split(separator: ".").last {
      case "hll": try check(try HyperLogLog(serialized: image), description)
      case "kll": try check(try KLLSketch(serialized: image), description)
      default: try check(try FrequentItems(serialized: image), description)
      }
    }
    try checkSameStreams(work.path)
  }

  /// The library's images are bit for bit those of the same stream where nothing depends on its history.
  private func checkSameStreams(_ folder: String) throws {
    func image(_ name: String) throws -> [UInt8] {
      try Array(Data(contentsOf: URL(filePath: folder + "/theirs/" + name)))
    }
    for lgK in [4, 12, 14] {
      for count in [0, 1, 5000, 100_000] {
        let (ours, theirs) = (hll(0..<count, lgK: lgK).serialized(), try image("8-\(lgK)-\(count)-compact.hll"))
        // The historic estimate depends on the rounding of its sum.
        #expect(ours[..<8] == theirs[..<8] && ours.dropFirst(16) == theirs.dropFirst(16), "2^\(lgK), \(count)")
      }
    }
    var values: [String: HyperLogLog] = [:]
    for (name, hash) in [
      ("text", Murmur3.hash(Array("text".utf8).span)), ("0.0", Murmur3.hash(0.0)), ("nan", Murmur3.hash(Double.nan)),
      ("1.5", Murmur3.hash(1.5)), ("-7", Murmur3.hash(UInt64(bitPattern: -7))),
    ] {
      values[name] = HyperLogLog()
      values[name]?.update(hash)
    }
    for (name, sketch) in values { #expect(try sketch.serialized() == image("value-\(name).hll"), "\(name)") }
    #expect(try FrequentItems().serialized()[..<5] == image("10-0.fi")[..<5])
  }

  private func check(_ sketch: HyperLogLog, _ description: Description) throws {
    let estimate = try #require(description.estimate)
    let comment = Comment(rawValue: description.name)
    if sketch.hasHistory {
      #expect(abs(sketch.estimate - estimate) <= 1e-6 * estimate, comment)
    } else {
      // Two estimators of the same registers.
      #expect(sketch.bounds(standardErrors: 2).contains(estimate), comment)
    }
    let bounds = try #require(description.bounds)
    for (index, pair) in bounds.enumerated() where estimate > 0 {
      let ours = sketch.bounds(standardErrors: index + 1)
      let error = Double(index + 1) * sketch.relativeStandardError
      // The library's bounds were measured: with few registers they are not quite those of a logarithmic normal.
      let slack = sketch.lgK >= 8 ? 0.1 * error + 0.001 : 0.3
      #expect(abs(ours.lowerBound / sketch.estimate - pair[0] / estimate) <= slack, "\(comment) \(ours) \(pair)")
      #expect(abs(ours.upperBound / sketch.estimate - pair[1] / estimate) <= slack, "\(comment) \(ours) \(pair)")
    }
    // The number in the name is how many values there are, of which 4 standard errors are certain.
    let numbers = description.name.split { !$0.isNumber }.compactMap { Int($0) }
    guard !description.name.contains("value"), let count = numbers.first(where: { $0 == numbers.max() }) else { return }
    if count > 14 { #expect(sketch.bounds(standardErrors: 4).contains(Double(count)), comment) }
  }

  private func check(_ sketch: KLLSketch, _ description: Description) throws {
    let comment = Comment(rawValue: description.name)
    #expect(sketch.count == description.count, comment)
    guard sketch.count > 0 else { return }
    #expect(sketch.minimum == description.minimum && sketch.maximum == description.maximum, comment)
    let error = try #require(description.error)
    #expect(sketch.isExact || abs(sketch.normalizedRankError - error) < 1e-12, comment)
    let theirs = try #require(description.quantiles)
    if sketch.count < 8 { #expect(sketch.quantiles(at: Self.ranks) == theirs, comment) }
    // Every value from 0 on is there equally often.
    let distinct = try #require(sketch.maximum) + 1
    for (rank, quantile) in zip(Self.ranks, theirs) {
      #expect(abs((quantile + 0.5) / distinct - rank) <= error + 1 / distinct, "\(comment) at \(rank)")
    }
  }

  private func check(_ sketch: FrequentItems, _ description: Description) throws {
    let comment = Comment(rawValue: description.name)
    #expect(sketch.totalWeight == description.count, comment)
    let theirs = try #require(description.items)
    let ours = sketch.frequentItems(.noFalseNegatives, above: 0)
    #expect(ours.count == theirs.count, comment)
    for row in ours {
      let item = String(decoding: row.item, as: UTF8.self)
      #expect(theirs[item] == [row.lowerBound, row.upperBound], "\(comment) \(item)")
    }
  }
}
