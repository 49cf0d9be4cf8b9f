import PomonaCore
