import Foundation
import ModelChecks
import TestSupport
import Testing
import Verdict

/// Texts, solutions, likelihoods and vectors.
@Suite struct TextPredictionTests {
  /// By hand: one of three answers is a reference; the edits are 0, 1 and 2 of 2, 3 and 2 words: 3/7.
  @Test func referencesStandInSeveralColumns() async throws {
    let found = try await TaskFixture.findings(
      "text", [("label", ["r1", "r2"]), ("prediction", "t")],
      [TaskFixture.gate("exact_match", is: 1.0 / 3)],
      candidate: "t,r1,r2\nthe cat,a cat,the cat\na red dog,a dog,one dog\nx,a b,c d\n")
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
    let rates = try await TaskFixture.findings(
      "text", [("label", "r"), ("prediction", "t")], [TaskFixture.gate("wer", is: 3.0 / 7)],
      candidate: "t,r\nthe cat,the cat\na red dog,a blue dog\nx y,a b\n")
    #expect(rates.map(\.outcome) == [.passed, .passed], "\(rates.map(\.message))")
  }

  @Test func listsOfJSONLinesAreReferences() async throws {
    let rows = [
      #"{"id": 1, "t": ["the cat"], "r": ["a cat", "the cat"]}"#, #"{"id": 2, "t": "a dog", "r": "one dog"}"#,
      #"{"id": 3, "t": "[sic]", "r": "[sic]"}"#,
    ]
    let model = TaskFixture.model(
      "text", [("label", "r"), ("prediction", "t")], [TaskFixture.gate("exact_match", is: 2.0 / 3)],
      candidate: "c.jsonl")
    let found = try await ModelFixture(["c.jsonl": rows.joined(separator: "\n") + "\n"]).findings(model)
    #expect(found.map(\.outcome) == [.passed, .passed], "\(found.map(\.message))")
  }

  /// By hand, of ten samples with three passed and of five with none: pass@2 is the mean of 1 - 21/45 and 0.
  @Test func samplesAreCountedOrRowsOfTheirOwn() async throws {
    let gate = TaskFixture.gate(["name": "pass_at_k", "k": "2"], is: (1 - 21.0 / 45) / 2)
    let counted = try await TaskFixture.findings(
      "generation", [("samples", "n"), ("passed", "c")], [gate], candidate: "task,n,c\nx,10,3\ny,5,0\n")
    #expect(counted.map(\.outcome) == [.passed, .passed], "\(counted.map(\.message))")
    var rows = "task,ok\n"
    for sample in 0..<10 {
      rows += "x,\(sample < 3)\n"
      if sample < 5 { rows += "y,false\n" }
    }
    let single = try await TaskFixture.findings(
      "generation", [("problem", "task"), ("passed", "ok")], [gate], candidate: rows)
    #expect(single.map(\.outcome) == [.passed, .passed], "\(single.map(\.message))")
  }

  @Test func tooFewSamplesAreUndefined() async throws {
    let gate: ConfigTree = ["metric": ["name": "pass_at_k", "k": "6"], "at_least": "0"]
    let found = try await TaskFixture.findings(
      "generation", [("samples", "n"), ("passed", "c")], [gate], candidate: "task,n,c\nx,10,3\ny,5,0\n")
    #expect(found.map(\.outcome) == [.passed, .errored])
    let odd = try await TaskFixture.findings(
      "generation", [("samples", "n"), ("passed", "c")], [gate], candidate: "task,n,c\nx,10.5,3\n")
    #expect(odd[0].outcome == .errored && odd[0].message.contains("must be a whole number"))
  }

  /// By hand: 6 nats over 3 tokens are e² of perplexity, over 2 words e³.
  @Test func likelihoodsArePerUnit() async throws {
    let keys: [(String, ConfigTree)] = [("log_likelihood", "ll"), ("tokens", "n"), ("words", "w")]
    let found = try await TaskFixture.findings(
      "likelihood", keys,
      [TaskFixture.gate("perplexity", is: exp(2)), TaskFixture.gate("word_perplexity", is: exp(3))],
      candidate: "ll,n,w\n-2,1,1\n-4,2,1\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
    let lack = TaskFixture.problems("likelihood", keys, [["metric": "byte_perplexity", "at_most": "9"]])
    #expect(lack.first?.contains("the metric needs the number of bytes") == true, "\(lack)")
  }

  /// By hand: the angles have cosines of 1 and 0, the ends are 1 and √2 apart.
  private static let vectors: [(String, ConfigTree, ConfigTree)] = [
    ("v,w\n\"[1,0]\",\"[2,0]\"\n\"[1,0]\",\"[0,1]\"\n", "v", "w"), ("v0,v1,w0,w1\n1,0,2,0\n1,0,0,1\n", "v*", "w*"),
  ]

  @Test(arguments: vectors)
  func vectorsAreListsOrColumns(file: String, label: ConfigTree, prediction: ConfigTree) async throws {
    let found = try await TaskFixture.findings(
      "embedding", [("label", label), ("prediction", prediction)],
      [TaskFixture.gate("cosine_similarity", is: 0.5), TaskFixture.gate("l2", is: (1 + 2.0.squareRoot()) / 2)],
      candidate: file)
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }

  /// By hand: of the outputs the errors are 1 and 0, and 2 and 2.
  @Test func numbersComeInSeveral() async throws {
    let found = try await TaskFixture.findings(
      "regression", [("label", "y_*"), ("prediction", "f_*")],
      [TaskFixture.gate("mae", is: 1.25), TaskFixture.gate(["name": "mae", "output": "0"], is: 0.5, id: "first")],
      candidate: "y_u,y_v,f_v,f_u\n1,5,7,2\n3,5,3,3\n")
    #expect(found.map(\.outcome) == [.passed, .passed, .passed], "\(found.map(\.message))")
  }
}
