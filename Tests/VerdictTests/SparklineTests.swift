import Testing
import Verdict

@Suite struct SparklineTests {
  @Test(
    arguments: [
      ([], ""), ([1], "▄"), ([5, 5, 5], "▄▄▄"), ([0, 7], "▁█"), ([7, 0, 3.4], "█▁▄"),
      ([-1, 0, 1, 2, 3, 4, 5, 6], "▁▂▃▄▅▆▇█"),
      ([.nan, 0, 1, .infinity], "?▁█?"), ([-1.7e308, 0, 1.7e308], "▁▅█"),
    ] as [([Double], String)])
  func showsASeries(values: [Double], picture: String) {
    #expect(Sparkline(values).description == picture)
  }

  @Test func showsTheNewestValues() {
    #expect(Sparkline((0..<100).map(Double.init), width: 8).description == "▁▂▃▄▅▆▇█")
    #expect(Sparkline([1, 2], width: 0).description == "")
  }
}
