import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const motorInsuranceFr: Topic = {
  slug: 'assurance-auto',
  title: 'Baromètre de l’assurance automobile',
  language: 'fr',
  regions: regionSets.fr,
  thing: ['compagnie d’assurance', 'compagnies d’assurance'],
  brands: ['Assuréa', 'La Prévoyante', 'Mutuelle de l’Ère', 'Générale Côté Route', 'Sérénis', 'Hélios Auto'],
  usage: {
    text: 'Combien de kilomètres parcourez-vous par an ?',
    label: 'Kilométrage annuel',
    options: options(
      ['Plus de 20 000 km', '10 000 à 20 000 km', '5 000 à 9 999 km', 'Moins de 5 000 km'],
      [19, 36, 28, 17],
    ),
  },
  attributes: [
    'Rapidité de l’indemnisation',
    'Clarté du contrat',
    'Prix de la prime',
    'Accueil téléphonique',
    'Espace client',
    'Dépannage',
  ],
  reasons: [
    'Prix',
    'Conseiller à proximité',
    'Déjà client',
    'Recommandée par un proche',
    'Garanties étendues',
    'Comparateur en ligne',
  ],
  spend: {
    text: 'Quel est le montant de votre prime annuelle, en euros ?',
    label: 'Prime annuelle en euros',
    mean: 610,
    sd: 240,
    high: 2800,
  },
  specific: [
    {
      text: 'Quel type de contrat avez-vous ?',
      label: 'Type de contrat',
      options: options(['Au tiers', 'Tiers étendu', 'Tous risques'], [24, 27, 49]),
      unsure: 0.04,
    },
    {
      text: 'Avez-vous déclaré un sinistre au cours des trois dernières années ?',
      label: 'Sinistre déclaré',
      options: options(['Oui, bien réglé', 'Oui, mal réglé', 'Non'], [22, 9, 69]),
    },
    {
      text: 'Où stationnez-vous la nuit ?',
      label: 'Stationnement de nuit',
      options: options(['Garage fermé', 'Parking privé', 'Rue'], [38, 27, 35]),
      unsure: 0.01,
    },
  ],
  things: ['le prix', 'les délais', 'la franchise', 'l’accueil', 'les courriers', 'l’espace client'],
  banner: (n) => [
    {
      name: 'Kilométrage',
      columns: [
        { name: 'Élevé', definition: `${n.usage}=1,2` },
        { name: 'Modéré', definition: `${n.usage}=3` },
        { name: 'Faible', definition: `${n.usage}=4` },
      ],
    },
    {
      name: 'Contrat',
      columns: [
        { name: 'Au tiers', definition: 'Q12=1,2' },
        { name: 'Tous risques', definition: 'Q12=3' },
      ],
    },
    {
      name: 'Sinistralité',
      columns: [
        { name: 'Avec sinistre', definition: 'Q13=1,2' },
        { name: 'Sans sinistre', definition: 'Q13=3' },
      ],
    },
  ],
  doubtful: () => [
    {
      name: 'Profils',
      columns: [
        { name: 'Fidèles', definition: 'clients avec un contrat tous risques' },
        { name: 'Zone urbaine', definition: 'Q14U=3' },
        { name: 'À définir', definition: 'TBD' },
      ],
    },
  ],
};
