import PomonaCore
import Testing

@testable import PomonaTraining

@Suite("BatchFeeder")
struct BatchFeederTests {
    @Test("Batches come in the order of their steps, from any first step")
    func order() throws {
        let feeder = BatchFeeder(steps: 5..<25, threads: 3) { Batch(step: $0, images: [Float($0)], objects: []) }
        defer { feeder.stop() }
        for step in 5..<25 { #expect(try feeder.next().step == step) }
    }

    @Test("What goes wrong while a batch is made is thrown where it is taken")
    func failure() throws {
        struct Fault: Error {}
        let feeder = BatchFeeder(steps: 0..<4, threads: 1) {
            if $0 == 1 { throw Fault() }
            return Batch(step: $0, images: [], objects: [])
        }
        defer { feeder.stop() }
        _ = try feeder.next()
        #expect(throws: Fault.self) { try feeder.next() }
    }
}
