"""The classes of the Indonesian driving licence, written as the law writes them."""

from enum import StrEnum


class LicenceClass(StrEnum):
    """Class of a SIM. The value is the name in Perpol 5/2021, art. 8; data and forms store it."""

    A = "A"
    A_UMUM = "A Umum"
    B1 = "B I"
    B1_UMUM = "B I Umum"
    B2 = "B II"
    B2_UMUM = "B II Umum"
    C = "C"
    C1 = "C I"
    C2 = "C II"
    D = "D"
    D1 = "D I"
