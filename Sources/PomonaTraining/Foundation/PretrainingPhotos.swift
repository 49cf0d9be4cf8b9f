import Foundation
import PomonaCore
import PomonaModel

/// How the photos are chosen that are never taught and tell how well the rest generalises: about one in a hundred.
public enum HeldOutRule: String, Codable, Sendable {
    /// By the pack's name and the photo's place in it: the same photos whatever the seed and the other packs are, and so in
    /// both stages of a foundation. Every run that begins goes by it unless it is told otherwise.
    case hash
    /// The first of a shuffle of all the run's photos. Runs that began before there was a choice go on by it. Their second
    /// stage, which had other packs, judged itself on photos that had taught the first.
    case shuffle
}

/// The photos of a pretraining's packs, divided into those that teach and those that judge.
struct PretrainingPhotos: Sendable {
    typealias Place = (pack: Int, photo: Int)

    let packs: [PhotoPack]
    let training: [Place]
    let heldOut: [Place]

    var classCount: Int { packs.reduce(0) { $0 + $1.classCount } }

    private static let heldOutShare = 100

    /// Decodes the packs, whose classes are numbered on from pack to pack.
    ///
    /// - Throws: ``PhotoPackError``; ``TrainingError/noPhotos`` where there is nothing to teach.
    init(_ options: some PretrainingOptions, side: Int) throws {
        var packs: [PhotoPack] = []
        for path in options.packs {
            packs.append(try PhotoPack(path: path, side: side, firstLabel: packs.reduce(0) { $0 + $1.classCount }))
        }
        self.packs = packs
        let all = packs.indices.flatMap { pack in (0..<packs[pack].count).map { (pack: pack, photo: $0) } }
        switch options.heldOut ?? .hash {
        case .shuffle:
            var generator = SeededGenerator(seed: options.seed, 0x5EED)
            let order = all.shuffled(using: &generator)
            heldOut = Array(order.prefix(all.count / Self.heldOutShare))
            training = Array(order.dropFirst(all.count / Self.heldOutShare))
        case .hash:
            let seeds = options.packs.map { Self.hash(URL(fileURLWithPath: $0).lastPathComponent) }
            func isHeldOut(_ place: Place) -> Bool {
                var generator = SeededGenerator(seed: seeds[place.pack], place.photo)
                return generator.index(below: Self.heldOutShare) == 0
            }
            heldOut = all.filter(isHeldOut)
            training = all.filter { !isHeldOut($0) }
        }
        guard !training.isEmpty else { throw TrainingError.noPhotos }
    }

    /// Photos as prediction would see them, `[N, 3, H, W]`.
    func images(_ places: [Place], input: InputForm) -> [Float] {
        let length = input.elementCount
        return [Float](unsafeUninitializedCapacity: length * places.count) { buffer, count in
            for (slot, place) in places.enumerated() {
                input.fill(
                    UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length]),
                    with: packs[place.pack].image(place.photo))
            }
            count = length * places.count
        }
    }

    func label(_ place: Place) -> Int { packs[place.pack].labels[place.photo] }

    /// FNV-1a, 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
