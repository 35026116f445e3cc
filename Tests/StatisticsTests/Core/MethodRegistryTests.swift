import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite struct MethodRegistryTests {
  @Test func everyMethodOfTheSourcesIsRegistered() throws {
    let registry = try Repository.text("Sources/Statistics/Core/MethodRegistry.swift")
    for path in Repository.files(below: "Sources/Statistics", suffix: ".swift") {
      let text = try Repository.text(path)
      guard text.contains("static let method = Method(") else { continue }
      let type = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
      #expect(registry.contains("\(type).method"), "\(path) is not in the registry")
    }
  }

  @Test func namesAndAliasesAreUnique() {
    var seen: Set<String> = []
    for method in MethodRegistry.all {
      for name in [method.name] + method.aliases {
        #expect(seen.insert(name).inserted, "\(name) is there twice")
        #expect(name == name.lowercased() && !name.contains(" ") && !name.contains("_"), "\(name)")
        #expect(MethodRegistry.named(name) == method)
      }
    }
    #expect(MethodRegistry.named("Mean") == Moments.method)
    #expect(MethodRegistry.named("standard_deviation") == Moments.method)
    #expect(MethodRegistry.named("no such method") == nil)
  }

  @Test func everyMethodSaysWhatItComputesWhenToUseItAndItsSource() {
    for method in MethodRegistry.all {
      for text in [method.computes, method.use, method.source] {
        #expect(text.count > 20 && !text.contains("\n") && !text.contains("  "), "\(method.name): \(text)")
      }
      #expect(method.source.contains { $0.isNumber }, "\(method.name): the source has no year")
    }
  }
}
