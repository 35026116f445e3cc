import ModelChecks
import Testing

@Suite struct MetricsReaderTests {
  private func table(_ text: String, _ path: String = "m.json") throws -> MetricTable {
    try MetricsReader(ModelFixture.sources).read(Array(text.utf8), path: path, name: path)
  }

  private func number(_ name: String, _ text: String, _ path: String = "m.json") throws -> Double? {
    guard case .found(let entry) = try table(text, path).find(name), case .number(let number) = entry.value else {
      return nil
    }
    return number
  }

  @Test(arguments: [
    ("roc_auc", #"{"roc_auc": 0.5}"#),
    ("roc_auc", #"{"model": "x", "metrics": {"roc_auc": 0.5}}"#),
    ("metrics.roc_auc", #"{"metrics": {"roc_auc": 0.5}}"#),
    ("metrics.roc_auc", #"{"metrics.roc_auc": 0.5}"#),
    ("test.roc_auc", #"{"metrics": {"test": {"roc_auc": 0.5}, "train": {"roc_auc": 0.9}}}"#),
    ("roc_auc", #"{"roc_auc": 0.5, "old": {"roc_auc": 0.9}}"#),
    ("acc,none", #"{"results": {"hellaswag": {"alias": "h", "acc,none": 0.5, "acc_stderr,none": 0.01}}}"#),
    ("auc", #"[{"name": "auc", "value": 0.5}, {"name": "loss", "value": 1}]"#),
    ("auc", #"{"metrics": [{"metric": "auc", "value": 0.5}]}"#),
    ("metrics.auc", #"{"metrics": [{"key": "auc", "value": 0.5, "step": 1, "timestamp": 2}]}"#),
    ("auc", #"{"runs": [{"auc": 0.5}]}"#),
    ("runs.1.auc", #"{"runs": [{"auc": 0.9}, {"auc": 0.5}]}"#),
    ("auc", #"{"auc": "0.5"}"#),
    ("auc", "\u{FEFF}{\"auc\": 5e-1}"),
  ])
  func json(name: String, text: String) throws { #expect(try number(name, text) == 0.5) }

  @Test(arguments: [
    ("metric,value\nauc,0.5\n", "m.csv"),
    ("value,metric\n0.5,auc\n", "m.csv"),
    ("step,Metric,note,Value\n1,auc,x,0.5\n1,loss,y,0.9\n", "m.CSV"),
    ("name,value\nauc, 0.5\n", "m.csv"),
    ("loss,auc\n0.9,0.5\n", "m.csv"),
    ("auc: 0.5\nloss: .nan\n", "m.yaml"),
    ("auc: 0.5\n", "m.yml"),
    ("auc: 0.5\n", "metrics.txt"),
    ("auc: 0.5\n", "metrics"),
    (#"{"auc": 0.5}"#, "metrics"),
    (#"{"auc": 0.5}"#, "v1.2/metrics"),
  ])
  func otherFormats(text: String, path: String) throws { #expect(try number("auc", text, path) == 0.5) }

  @Test func aSuffixMustBeginAfterADotAndBeUnique() throws {
    let text = #"{"a": {"roc_auc": 1}, "b": {"roc_auc": 2}, "auc": {"x": 3}}"#
    #expect(try table(text).find("roc_auc") == .ambiguous(["a.roc_auc", "b.roc_auc"]))
    #expect(try number("a.roc_auc", text) == 1)
    #expect(try number("x", text) == 3)
    #expect(try table(text).find("calibration") == .missing(suggestion: nil))
    guard case .missing = try table(text).find("auc") else {
      Issue.record("a part of a key is no metric")
      return
    }
  }

  @Test func aMissingMetricSuggestsTheNearest() throws {
    #expect(try table(#"{"metrics": {"roc_auc": 1}}"#).find("roc_acu") == .missing(suggestion: "roc_auc"))
  }

  @Test func whatStandsTwiceIsAmbiguous() throws {
    #expect(try table(#"{"a": 1, "a": 1}"#).find("a") == .ambiguous(["a", "a"]))
    #expect(try table("metric,value\na,1\na,2\n", "m.csv").find("a") == .ambiguous(["a", "a"]))
    #expect(try table("a,b,a\n1,2,3\n", "m.csv").find("a") == .ambiguous(["a", "a"]))
  }

  @Test(arguments: [
    ("", "m.json"), ("nope", "m.json"), ("1", "m.json"), ("a,b\n", "m.csv"), ("a,b\n1,2\n3,4\n", "m.csv"),
    ("no colon\n", "m.yaml"), ("no colon\n", "metrics"), ("\u{0}\u{1}\u{2}", "metrics"),
  ])
  func whatHoldsNoMetricsIsAnError(text: String, path: String) {
    #expect {
      try table(text, path)
    } throws: { error in
      guard let error = error as? MetricsFileError else { return false }
      return !error.problem.isEmpty && !error.advice.isEmpty
    }
  }

  @Test func hostileFilesEndInErrors() throws {
    #expect(throws: MetricsFileError.self) {
      try table(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))
    }
    #expect(throws: MetricsFileError.self) {
      try table(String(repeating: #"{"a":"#, count: 1000) + "1" + String(repeating: "}", count: 1000))
    }
    // A long key above many short ones would take gigabytes once they are joined.
    let members = (0..<20_000).map { "\"\($0)\":1" }.joined(separator: ",")
    #expect(throws: MetricsFileError.self) {
      try table("{\"\(String(repeating: "k", count: 100_000))\": {\(members)}}")
    }
    #expect(throws: MetricsFileError.self) {
      try table("{" + (0...100_000).map { "\"\($0)\":1" }.joined(separator: ",") + "}")
    }
    // A curve of any length is one value, and no metric.
    let curve = "{\"m\": 0.5, \"curve\": [" + Array(repeating: "0.1", count: 200_000).joined(separator: ",") + "]}"
    #expect(try number("m", curve) == 0.5)
    guard case .found(let entry) = try table(curve).find("curve") else {
      Issue.record("the curve is missing")
      return
    }
    #expect(entry.value == .notANumber("a list"))
  }
}
