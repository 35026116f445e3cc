// swift-tools-version: 6.2
import PackageDescription

// The house, bottom up: bytes -> columns -> aggregates -> findings -> reports.
// `ArchitectureTests` reads the same arrows from the sources.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Cupel",
  products: [
    .executable(name: "cupel", targets: ["cupel"]),
    .executable(name: "cupel-sample-endpoint", targets: ["cupel-sample-endpoint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    // The words everybody shares, and two formats that know nothing of Cupel.
    library("Verdict"),
    library("JSON"),
    library("XML", ["CLibXML2"]),

    // The language of the config: located nodes, shapes that decode them, and the YAML reader.
    library("Language", ["Verdict", "JSON"]),
    library("Config", ["Language", "Verdict", .product(name: "Yams", package: "Yams")]),

    // Reading tables and judging them.
    .target(
      name: "CKernels", cxxSettings: [.unsafeFlags([], .when(configuration: .debug))],
      linkerSettings: [.linkedLibrary("re2")]),
    library("Scan", ["CKernels"]),
    library("Expressions", ["Scan", "Verdict"]),
    library("Planning", ["Scan", "Verdict"]),
    library("DataChecks", ["Planning", "Scan", "Expressions", "Language", "Verdict", "JSON"]),

    // Comparing models.
    library("Baselines", ["Processes", "Verdict"]),
    library("ModelChecks", ["Baselines", "JSON", "Language", "Verdict"]),

    // Asking endpoints.
    library("Transport", ["CCurl"]),
    library(
      "Processes", [.product(name: "Subprocess", package: "swift-subprocess")]),
    library("EndpointChecks", ["Transport", "Processes", "Scan", "JSON", "Language", "Verdict"]),

    // Saying so.
    library("Reports", ["XML", "JSON", "Verdict"]),
    .executableTarget(
      name: "cupel",
      dependencies: [
        "Config", "Language", "DataChecks", "ModelChecks", "EndpointChecks", "Planning", "Scan", "Reports", "JSON",
        "Baselines", "Transport", "Processes", "Verdict", argumentParser,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "cupel-sample-endpoint",
      dependencies: [argumentParser, .product(name: "FlyingFox", package: "FlyingFox")],
      path: "Sources/SampleEndpoint", swiftSettings: settings),

    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
  ],
  cxxLanguageStandard: .cxx17
)
