import PomonaCore
import Testing

@testable import PomonaModel

@Suite("TileGrid")
struct TileGridTests {
    private let tile = ImageSize(width: 416, height: 416)

    @Test(
        "Tiles have one size, lie in the photo, cover it and overlap as asked",
        arguments: [(1024, 768), (4000, 3000), (417, 416), (5000, 417), (833, 2000)])
    func covering(width: Int, height: Int) {
        let photo = ImageSize(width: width, height: height)
        let grid = TileGrid(photo: photo, tile: tile, overlap: 0.2, limit: 1000)
        #expect(grid.tiles.allSatisfy { $0.width == 416 && $0.height == 416 })
        for (length, starts) in [
            (width, Set(grid.tiles.map { Int($0.xMin) }).sorted()),
            (height, Set(grid.tiles.map { Int($0.yMin) }).sorted()),
        ] {
            #expect(starts.first == 0)
            #expect(starts.last.map { $0 + 416 } == length)
            for (one, next) in zip(starts, starts.dropFirst()) { #expect(next - one <= 333) }
            // One fewer would not be enough.
            #expect((starts.count - 1) * 333 < length - 416 + 333)
        }
    }

    @Test("A photo no larger than a tile is one tile, of its own size")
    func small() {
        let grid = TileGrid(photo: ImageSize(width: 300, height: 416), tile: tile, overlap: 0.2, limit: 10)
        #expect(grid.tiles == [Box(xMin: 0, yMin: 0, xMax: 300, yMax: 416)])
    }

    @Test("Where there would be too many tiles, they grow", arguments: [1, 4, 50])
    func limit(limit: Int) {
        let photo = ImageSize(width: 20_000, height: 9_000)
        let grid = TileGrid(photo: photo, tile: tile, overlap: 0.2, limit: limit)
        #expect(grid.tiles.count <= limit)
        #expect(grid.side.width > 416)
        #expect(grid.tiles.map(\.xMax).max() == 20_000)
        #expect(grid.tiles.map(\.yMax).max() == 9_000)
    }
}
