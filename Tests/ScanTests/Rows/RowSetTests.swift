import TestSupport
import Testing

@testable import Scan

@Suite struct RowSetTests {
  @Test func isASetOfPlaces() {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<50 {
      let far = Int.random(in: 1...1 << 33, using: &generator)
      func place() -> RowPlace {
        RowPlace(
          file: Int.random(in: 0...2, using: &generator),
          number: Bool.random(using: &generator)
            ? Int.random(in: 1...300, using: &generator) : Int.random(in: far...far + 9000, using: &generator),
          countsRows: Bool.random(using: &generator))
      }
      let (first, second) = ((0..<200).map { _ in place() }, (0..<200).map { _ in place() })
      var (one, other) = (RowSet(), RowSet())
      for place in first { one.insert(place) }
      for place in second { other.insert(place) }
      #expect(one.count == Set(first).count)
      one.formUnion(other)
      let expected = Set(first + second)
      #expect(one.count == expected.count)
      for place in first + second { #expect(one.contains(place)) }
      for _ in 0..<200 {
        let place = place()
        #expect(one.contains(place) == expected.contains(place))
      }
    }
  }

  @Test func fewRowsFarApartTakeLittle() {
    var set = RowSet()
    for number in 1...1_000_000 { set.insert(RowPlace(number: number)) }
    #expect(set.count == 1_000_000)
    #expect(set.footprint < 200_000)
  }
}
