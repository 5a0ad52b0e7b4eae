"""Sixty essential medicines, for demonstrations and simulated histories.

INN, form and strength follow the WHO Model List of Essential Medicines (23rd list, 2023); ATC codes are
those of the WHO Collaborating Centre for Drug Statistics Methodology. Prices are plausible, not official.
"""

from typing import NamedTuple


class EssentialMedicine(NamedTuple):
	"""One presentation. `price` is BIF per unit; `units_per_sale` a usual quantity for one patient."""

	atc_code: str
	inn: str
	dosage_form: str
	strength: str
	pack: str
	price: int
	units_per_sale: int


# In the order of how often they are asked for: the simulation sells the first ones most.
ESSENTIAL_MEDICINES: tuple[EssentialMedicine, ...] = tuple(
	EssentialMedicine(*row)
	for row in (
		("N02BE01", "Paracetamol", "Tablet", "500 mg", "1000 tablets", 40, 12),
		("P01BF01", "Artemether and lumefantrine", "Tablet", "20 mg + 120 mg", "24 tablets", 180, 24),
		("J01CA04", "Amoxicillin", "Capsule", "500 mg", "500 capsules", 130, 21),
		("A07CA", "Oral rehydration salts", "Powder for oral solution", "20.5 g", "100 sachets", 500, 4),
		("J01EE01", "Sulfamethoxazole and trimethoprim", "Tablet", "400 mg + 80 mg", "1000 tablets", 60, 20),
		("P01AB01", "Metronidazole", "Tablet", "250 mg", "1000 tablets", 50, 21),
		("M01AE01", "Ibuprofen", "Tablet", "400 mg", "500 tablets", 70, 15),
		("A12CB01", "Zinc sulfate", "Dispersible tablet", "20 mg", "100 tablets", 90, 10),
		("B03AD03", "Ferrous sulfate and folic acid", "Tablet", "60 mg + 0.4 mg", "1000 tablets", 30, 30),
		("P02CA03", "Albendazole", "Chewable tablet", "400 mg", "100 tablets", 250, 1),
		("J01MA02", "Ciprofloxacin", "Tablet", "500 mg", "100 tablets", 220, 14),
		("J01AA02", "Doxycycline", "Capsule", "100 mg", "500 capsules", 80, 10),
		("N02BE01", "Paracetamol", "Oral suspension", "120 mg/5 mL", "100 mL bottle", 2500, 1),
		("A10BA02", "Metformin", "Tablet", "500 mg", "100 tablets", 90, 60),
		("C08CA01", "Amlodipine", "Tablet", "5 mg", "100 tablets", 110, 30),
		("A02BC01", "Omeprazole", "Capsule", "20 mg", "100 capsules", 150, 14),
		("J01CA04", "Amoxicillin", "Dispersible tablet", "250 mg", "100 tablets", 100, 15),
		("P01BE03", "Artesunate", "Powder for injection", "60 mg", "1 vial", 5500, 3),
		("J01DD04", "Ceftriaxone", "Powder for injection", "1 g", "10 vials", 3500, 5),
		("R06AB04", "Chlorphenamine", "Tablet", "4 mg", "1000 tablets", 25, 10),
		("C03AA03", "Hydrochlorothiazide", "Tablet", "25 mg", "100 tablets", 60, 30),
		("J01FA10", "Azithromycin", "Tablet", "500 mg", "30 tablets", 900, 3),
		("P01BD51", "Sulfadoxine and pyrimethamine", "Tablet", "500 mg + 25 mg", "150 tablets", 200, 3),
		("C09AA02", "Enalapril", "Tablet", "5 mg", "100 tablets", 100, 30),
		("R03AC02", "Salbutamol", "Metered-dose inhaler", "100 mcg/dose", "200 doses", 12000, 1),
		("J01CR02", "Amoxicillin and clavulanic acid", "Tablet", "500 mg + 125 mg", "100 tablets", 700, 14),
		("H02AB06", "Prednisolone", "Tablet", "5 mg", "1000 tablets", 60, 20),
		(
			"J05AR27",
			"Tenofovir, lamivudine and dolutegravir",
			"Tablet",
			"300/300/50 mg",
			"30 tablets",
			500,
			30,
		),
		("B03BB01", "Folic acid", "Tablet", "5 mg", "1000 tablets", 25, 30),
		("P02CA01", "Mebendazole", "Chewable tablet", "500 mg", "100 tablets", 150, 1),
		("J01GB03", "Gentamicin", "Solution for injection", "40 mg/mL", "50 ampoules", 600, 5),
		("J01CE01", "Benzylpenicillin", "Powder for injection", "3 g (5 million IU)", "50 vials", 1200, 5),
		("S01AA09", "Tetracycline", "Eye ointment", "1%", "5 g tube", 1500, 1),
		("J01FA01", "Erythromycin", "Tablet", "500 mg", "100 tablets", 250, 20),
		("D08AG02", "Povidone iodine", "Cutaneous solution", "10%", "200 mL bottle", 6000, 1),
		("C03CA01", "Furosemide", "Tablet", "40 mg", "1000 tablets", 60, 20),
		("A10BB01", "Glibenclamide", "Tablet", "5 mg", "100 tablets", 60, 30),
		("M01AB05", "Diclofenac", "Solution for injection", "25 mg/mL", "10 ampoules", 500, 3),
		(
			"G03AA07",
			"Levonorgestrel and ethinylestradiol",
			"Tablet",
			"150 mcg + 30 mcg",
			"28 tablets",
			60,
			28,
		),
		("G03AC06", "Medroxyprogesterone", "Suspension for injection", "150 mg/mL", "1 vial", 4500, 1),
		(
			"J04AM06",
			"Rifampicin, isoniazid, pyrazinamide and ethambutol",
			"Tablet",
			"150/75/400/275 mg",
			"672 tablets",
			260,
			84,
		),
		("P01BC01", "Quinine", "Tablet", "300 mg", "500 tablets", 220, 42),
		("H01BB02", "Oxytocin", "Solution for injection", "10 IU/mL", "10 ampoules", 1300, 1),
		("B05BB01", "Sodium chloride", "Solution for infusion", "0.9%", "500 mL bag", 3500, 2),
		("B05BA03", "Glucose", "Solution for infusion", "5%", "500 mL bag", 3500, 2),
		("G02AD06", "Misoprostol", "Tablet", "200 mcg", "28 tablets", 900, 3),
		(
			"J01CE08",
			"Benzathine benzylpenicillin",
			"Powder for injection",
			"2.4 million IU",
			"50 vials",
			2600,
			1,
		),
		("J02AC01", "Fluconazole", "Capsule", "200 mg", "100 capsules", 600, 7),
		("J01CF02", "Cloxacillin", "Capsule", "500 mg", "100 capsules", 180, 28),
		("A11CA01", "Retinol", "Capsule", "200 000 IU", "500 capsules", 200, 1),
		("C02AB01", "Methyldopa", "Tablet", "250 mg", "100 tablets", 180, 60),
		("N03AF01", "Carbamazepine", "Tablet", "200 mg", "100 tablets", 150, 60),
		("N03AA02", "Phenobarbital", "Tablet", "100 mg", "1000 tablets", 50, 30),
		("P02BA01", "Praziquantel", "Tablet", "600 mg", "500 tablets", 450, 4),
		(
			"A10AB01",
			"Insulin (human, soluble)",
			"Solution for injection",
			"100 IU/mL",
			"10 mL vial",
			24000,
			1,
		),
		("H02AB09", "Hydrocortisone", "Powder for injection", "100 mg", "10 vials", 2400, 2),
		("B05XA05", "Magnesium sulfate", "Solution for injection", "500 mg/mL", "10 ampoules", 1800, 4),
		("N01BB02", "Lidocaine", "Solution for injection", "2%", "20 mL vial", 2500, 1),
		("N01AX03", "Ketamine", "Solution for injection", "50 mg/mL", "10 mL vial", 5500, 1),
		("N02AA01", "Morphine", "Tablet", "10 mg", "100 tablets", 400, 20),
	)
)
