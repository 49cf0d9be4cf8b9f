// swift-tools-version: 6.1
import PackageDescription

/// Language features every target is compiled with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// Targets stand in the order of docs/architecture.md: each imports only what stands above it here.
let package = Package(
    name: "Pomona",
    targets: [
        .target(name: "PomonaCore", swiftSettings: strict),
        .target(name: "CVips"),
        .target(name: "CSimdjson"),
        .target(name: "CTorch"),
        .target(name: "PomonaImaging", dependencies: ["PomonaCore", "CVips"], swiftSettings: strict),
        .target(name: "PomonaCOCO", dependencies: ["PomonaCore", "CSimdjson"], swiftSettings: strict),
        .target(name: "PomonaSample", dependencies: ["PomonaCore"], swiftSettings: strict),
        .target(name: "PomonaEvaluation", dependencies: ["PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaCoreTests", dependencies: ["PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaImagingTests", dependencies: ["PomonaImaging", "PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaCOCOTests", dependencies: ["PomonaCOCO", "PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaSampleTests", dependencies: ["PomonaSample", "PomonaCore"], swiftSettings: strict),
        .testTarget(
            name: "PomonaEvaluationTests", dependencies: ["PomonaEvaluation", "PomonaCore"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
