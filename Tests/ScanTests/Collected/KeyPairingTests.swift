import TestSupport
import Testing

@testable import Scan

@Suite struct KeyPairingTests {
  /// Against a dictionary, in any order and with keys that are missing, repeated or empty.
  @Test(arguments: 0..<200)
  func rowsMeetAsInADictionary(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func keys(_ count: Int) -> [String?] {
      (0..<count).map { _ in
        Int.random(in: 0..<9, using: &generator) == 0 ? nil : "\(Int.random(in: 0..<40, using: &generator))"
      }
    }
    let first = keys(Int.random(in: 0...40, using: &generator))
    let second =
      Bool.random(using: &generator)
      ? first.shuffled(using: &generator) : keys(Int.random(in: 0...40, using: &generator))
    let found = KeyPairing(CollectedKeys(first), CollectedKeys(second), shown: 1000)
    func repeats(_ keys: [String?]) -> [Int] {
      keys.indices.filter { keys[$0] != nil && keys[..<$0].contains(keys[$0]) }
    }
    #expect(found.firstRepeats == repeats(first).count)
    #expect(found.secondRepeats == repeats(second).count)
    let (mine, theirs) = (Set(first.compactMap { $0 }), Set(second.compactMap { $0 }))
    #expect(found.samples.extra.count == found.extra)
    #expect(Set(found.samples.extra.map { second[$0] ?? "" }) == theirs.subtracting(mine))
    #expect(found.samples.missing.count == found.missing)
    #expect(Set(found.samples.missing.map { first[$0] ?? "" }) == mine.subtracting(theirs))
    if found.firstRepeats == 0, found.secondRepeats == 0 {
      #expect(
        found.partners.map { $0 < 0 ? nil : second[Int($0)] }
          == first.map { $0.flatMap { theirs.contains($0) ? $0 : nil } })
    }
  }

  @Test func keysAreShownAsTheyAreWritten() {
    let keys = CollectedKeys(["a", nil, ""])
    #expect((0..<3).map { keys.text($0, columns: 1) } == ["a", nil, ""])
  }
}
