import Foundation
import PomonaCore
import PomonaModel
import PomonaVision
import Testing

@Suite("SimOTA")
struct SimOTATests {
    /// What Golden/make_simota.py found by itself.
    private struct Case: Decodable {
        let width: Int
        let height: Int
        let classes: Int
        let outputs: [Float]
        /// Label and corners.
        let objects: [[Float]]
        /// Point, object, overlap.
        let matches: [[Double]]
    }

    private func golden() throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/simota.json")
        return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    }

    private func assign(_ it: Case, _ objects: [[Float]]) -> [SimOTAAssigner.Match] {
        let assigner = SimOTAAssigner()
        let anchors = AnchorPoints(input: ImageSize(width: it.width, height: it.height))
        let objects = objects.map {
            TargetBox(label: Int($0[0]), xMin: $0[1], yMin: $0[2], xMax: $0[3], yMax: $0[4])
        }
        let points = assigner.candidates(among: anchors, for: objects)
        let columns = 5 + it.classes
        let answers = points.flatMap { it.outputs[$0 * columns..<($0 + 1) * columns] }
        return answers.withUnsafeBufferPointer {
            assigner.assign(answers: $0, of: points, classCount: it.classes, anchors: anchors, objects: objects)
        }
    }

    @Test("Points answer for the objects that an independent reading of the paper gives them", arguments: 0..<6)
    func golden(index: Int) throws {
        let it = try golden()[index]
        let found = assign(it, it.objects)
        #expect(found.map(\.point) == it.matches.map { Int($0[0]) })
        #expect(found.map(\.object) == it.matches.map { Int($0[1]) })
        #expect(zip(found, it.matches).allSatisfy { abs(Double($0.overlap) - $1[2]) < 1e-4 })
    }

    @Test("The golden cases hold points that several objects want")
    func goldenHasDisputes() throws {
        let disputed = try golden().contains { it in
            let alone = it.objects.map { object in Set(assign(it, [object]).map(\.point)) }
            return alone.indices.contains { first in
                alone.indices.contains { $0 > first && !alone[first].isDisjoint(with: alone[$0]) }
            }
        }
        #expect(disputed)
    }

    @Test("Nobody answers where there is no object")
    func nothing() throws {
        #expect(assign(try golden()[0], []).isEmpty)
    }
}
