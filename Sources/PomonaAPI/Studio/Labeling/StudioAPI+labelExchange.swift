import Foundation
import HTTPTypes
import Hummingbird
import PomonaCOCO
import PomonaDatasets
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    static var labelExchangeRoutes: [StudioRoute] { [] }
}
