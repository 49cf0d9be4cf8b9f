import PomonaAPI
import PomonaCore
import PomonaStore

struct TestMachine: MachineReporting {
    func about() async throws -> MachineReport {
        MachineReport(
            platform: "Test", dataFolder: "/data", dataBytes: 1, freeBytes: 2,
            device: .init(name: "cpu", threads: 2, memoryBytes: 3),
            components: [.init(name: "libtorch", version: nil, purpose: "training")])
    }

    func doctor() async throws -> [MachineCheck] {
        [MachineCheck(title: "Disk", state: .warning, message: "It is nearly full.", hint: "Free some space.")]
    }
}

/// One set of weights that is here and one that could be had.
struct TestFoundations: FoundationProviding {
    enum Refusal: PomonaError {
        case missing, installed
        var code: String { self == .missing ? "notFound" : "conflict" }
        var message: String { "the foundation is not what was asked for" }
        var kind: ErrorKind { self == .missing ? .missing : .conflict }
    }

    func foundations() async throws -> [FoundationEntry] {
        [entry("orchard", .installed), entry("meadow", .available)]
    }

    private func entry(_ id: String, _ state: FoundationEntry.State) -> FoundationEntry {
        FoundationEntry(
            id: id, name: id, summary: "For tests.", architecture: "YOLOX-Nano", bytes: 1, license: "Apache-2.0",
            labelCount: 3, isShipped: state == .installed, isBuiltIn: true, state: state, kinds: ["detector"])
    }

    func weights(of id: String) async throws -> String {
        guard id == "orchard" else { throw Refusal.missing }
        return "/weights/orchard.safetensors"
    }

    func pull(_ id: String, for person: Person.ID) async throws -> NewJob {
        guard id == "meadow" else { throw Refusal.installed }
        return NewJob(kind: "pull", payload: #"{"title":"Pull meadow"}"#, person: person)
    }

    func builtInModels() async throws -> [BuiltInModel] {
        [BuiltInModel(id: "common", name: "Common objects", kind: "detector", labels: ["apple"], bytes: 1)]
    }
}
